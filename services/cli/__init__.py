"""`filon`, the command line."""

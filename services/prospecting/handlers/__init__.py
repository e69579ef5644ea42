"""Load, decide, save: one function for each command."""

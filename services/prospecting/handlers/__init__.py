"""Load, decide, save: one function for each wish."""

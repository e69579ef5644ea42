"""Where wishes become facts: pure decisions, folds, and functions of load–decide–save."""

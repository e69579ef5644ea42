"""Where commands become facts: pure decisions, folds, and functions of load–decide–save."""

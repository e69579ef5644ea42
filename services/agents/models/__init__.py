"""Language models: the deterministic one, and those that settings name."""

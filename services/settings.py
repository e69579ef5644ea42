"""What all settings share."""


class UnusableSetting(RuntimeError):
    """A setting is missing, holds what it can't mean, or is weaker than production allows."""

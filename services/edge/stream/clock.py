"""Time where it decides: a test moves a clock of its own instead of waiting."""

from collections.abc import Callable

Clock = Callable[[], float]
"""Seconds since some moment: `time.time`, or `time.monotonic` where only differences count."""

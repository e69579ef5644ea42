"""A point in the past."""

from dataclasses import dataclass
from datetime import datetime

from events.fact import Event


@dataclass(frozen=True, slots=True)
class Moment:
    """A place in the stream or a time; with neither, now.

    A time includes what was decided at that very time: an event's own `at`, which people see, and
    not when the server stored it, a millisecond later.
    """

    sequence: int | None = None
    at: datetime | None = None
    """With its offset from UTC."""

    def includes(self, event: Event) -> bool:
        if self.sequence is not None and event.sequence > self.sequence:
            return False
        return self.at is None or event.at <= self.at

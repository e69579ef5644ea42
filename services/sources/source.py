"""What a source answers: companies, page by page, from where the last reader stopped."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from events.company import Company, How
from events.targeting import Targeting


@dataclass(frozen=True, slots=True)
class Found:
    """A company, and where anybody can read the same."""

    company: Company
    url: str


@dataclass(frozen=True, slots=True)
class SourcePage:
    companies: tuple[Found, ...]
    cursor: str
    """Where to go on after this page; meaningful to its source only."""
    exhausted: bool
    """Whether this page is the last."""


class Source(Protocol):
    """Somewhere that companies come from."""

    name: str
    how: How

    def pages(self, targeting: Targeting, cursor: str) -> AsyncIterator[SourcePage]:
        """From `cursor` on ('' is the beginning), the last page being `exhausted`; perhaps an empty
        one. `max_prospects` is the reader's to keep. Raises SourceFailed."""
        ...


class SourceFailed(Exception):
    """The source does not answer for now; go on from the last cursor in a while.

    `reason` is for logs and people, `retry_after` in seconds.
    """

    def __init__(self, reason: str, retry_after: float = 30) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class SourceRejected(SourceFailed):
    """The source understood the question and refuses it, `reason` being its own words: asking again
    will not help."""

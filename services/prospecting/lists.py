"""Lines of a list that a person brings, whatever kind of file it came in."""

from dataclasses import dataclass

from events.company import Company
from services.prospecting.identity import KeyKind


@dataclass(frozen=True, slots=True)
class AcceptedLine:
    line: int
    """The physical line where the record begins, the file's first being 1."""
    company: Company


@dataclass(frozen=True, slots=True)
class RefusedLine:
    line: int
    code: str
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class MergedLine:
    """A line that was found to be a prospect's who was there."""

    line: int
    into: str
    """The prospect's id."""
    name: str
    """Its company's."""
    by: KeyKind
    """What they have in common."""


Row = AcceptedLine | RefusedLine

"""Lines of a list that a person brings, whatever kind of file it came in."""

from dataclasses import dataclass

from events.company import Company


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


Row = AcceptedLine | RefusedLine

"""What happened to a prospect, fact by fact, in words."""

from datetime import datetime

from events.fact import Event, Fact, Value
from events.prospect import (
    ProspectAssigned,
    ProspectEnriched,
    ProspectFailed,
    ProspectFound,
    ProspectQualified,
    ProspectScored,
)
from services.edge.http.consistency import Consistency
from services.wording import Language, render


class Happening(Value):
    """One fact of a prospect's life."""

    type: str
    """The fact's name."""
    at: datetime
    version: int
    cursor: str
    words: str


def told(event: Event, consistency: Consistency, language: Language) -> Happening:
    """The fact as a person reads it."""
    return Happening(
        type=type(event.fact).__name__,
        at=event.at,
        version=event.originator_version,
        cursor=consistency.cursor(event.sequence),
        words=_words(event.fact, language),
    )


def _words(fact: Fact, language: Language) -> str:
    name, params = _code(fact, language)
    code = f"history.{name}"
    words = render(code, params, language)
    return name if words == code else words


def _code(fact: Fact, language: Language) -> tuple[str, dict[str, str]]:
    name = type(fact).__name__
    match fact:
        case ProspectFound(source=source) | ProspectEnriched(source=source):
            return name, {"source": source}
        case ProspectAssigned(reason="retried"):
            return "ProspectRetried", {}
        case ProspectScored():
            return name, {"score": str(fact.score), "model": fact.model}
        case ProspectQualified():
            return name, {"threshold": str(fact.threshold)}
        case ProspectFailed():
            return name, {"reason": render(fact.code, fact.params, language)}
        case _:
            return name, {}

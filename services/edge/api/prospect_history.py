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
from services.wording.domain import Language, render

_WORDS: dict[str, tuple[str, str]] = {
    "ProspectFound": ("Trouvé dans la source « {source} »", "Found in the source “{source}”"),
    "ProspectEnriched": (
        "Complété par la source « {source} »",
        "Completed by the source “{source}”",
    ),
    "ProspectAssigned": ("Remis au qualificateur", "Handed to the qualifier"),
    "ProspectRetried": ("Relancé à la demande", "Retried on request"),
    "ProspectScored": (
        "Noté {score}/100 (modèle : {model})",
        "Scored {score}/100 (model: {model})",
    ),
    "ProspectQualified": (
        "Qualifié : au-dessus du seuil de {threshold}",
        "Qualified: above the threshold of {threshold}",
    ),
    "ProspectFailed": ("Échec : {reason}", "Failed: {reason}"),
    "ProspectErased": ("Effacé", "Erased"),
    "ProspectAliased": ("Rattaché à un autre prospect", "Joined to another prospect"),
    "ProspectMerged": ("Fusionné avec un autre prospect", "Merged into another prospect"),
}


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
    return _WORDS.get(name, (name, name))[language == "en"].format_map(params)


def _code(fact: Fact, language: Language) -> tuple[str, dict[str, str]]:
    name = type(fact).__name__
    match fact:
        case ProspectFound(source=source) | ProspectEnriched(source=source):
            key = f"source.{source}"
            known = render(key, {}, language)
            return name, {"source": source if known == key else known}
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

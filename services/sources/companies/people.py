"""Whom a company's register entry names, as far as one may write to them about business."""

import re
from collections.abc import Iterable

from events.company import Contact
from services.french.casing import titled
from services.sources.companies.schema import Manager

_OUTSIDERS = re.compile(
    r"commissaire|liquidat|judiciaire|provisoire|ad hoc|mandataire|représentant fiscal|contr[ôo]le|"
    r"comptable|audit|^suppléant|séquestre|fiduciaire|héritier",
    re.IGNORECASE,
)
"""Auditors, liquidators, administrators named by a court and their like (roles of the RNE)."""
_HIDDEN = "[NON-DIFFUSIBLE]"


def contacts_of(managers: Iterable[Manager]) -> tuple[Contact, ...]:
    """The people who run it; neither companies nor outsiders."""
    return tuple(
        Contact(name=name, title=manager.qualite or "")
        for manager in managers
        if (name := first_and_last(manager)) and not _OUTSIDERS.search(manager.qualite or "")
    )


def first_and_last(manager: Manager) -> str:
    """`ADA MARIE`, `EXEMPLE` → `Ada Exemple`; empty for what is no person, or does not want to be
    named."""
    parts = (manager.prenoms or "", manager.nom or "")
    if manager.type_dirigeant != "personne physique" or _HIDDEN in parts:
        return ""
    first = parts[0].replace(",", " ").split()[:1]
    return titled(" ".join([*first, parts[1]]).strip())

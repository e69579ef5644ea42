"""What a cell says, and what only looks as if it said something."""

import re
from collections.abc import Sequence

from services.identifiers.emails import normalise_email
from services.sources.csv.fields import Field

_NOTHING = (
    "- -- – — . .. ? ?? / n/a #n/a #ref! #valeur! #value! #div/0! #nom? #name? null nan nil none "
    "undefined nc n.c n.c. n/c nd n.d n.d. n/d nr n.r. n/r ns s/o s.o. na [nd] <na> (none) "
    "(vide) (blank) (empty) inconnu inconnue unknown néant neant vide aucun aucune"
)
NOTHING = {
    *_NOTHING.split(), "(no value)", "no value", "non renseigné", "non renseignée",
    "non communiqué", "non communiquée", "non disponible", "not available", "not set",
    "à compléter", "sans objet",
}  # fmt: skip
"""What stands for an empty cell, in lower case."""

_FLAGS_WORDS = (
    "oui non yes no true false vrai faux y o n x v ok 0 1 ja nein si on off actif inactif"
)
_FLAGS = frozenset(_FLAGS_WORDS.split())
_CIVILITIES_WORDS = (
    "m mr mme mlle mrs ms miss monsieur madame mademoiselle dr me pr maitre maître docteur"
)
_CIVILITIES = frozenset(_CIVILITIES_WORDS.split())
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?([ T].*)?")
_TRUE = re.compile(
    r"oui|yes|true|vrai|1|y|o|x|v|ok|on|opt(ed)?[ -]?out|unsubscribed|d[ée]sabonn[ée]e?|"
    r"d[ée]sinscrite?|non-marketing.*|\d{1,4}[-/.]\d{1,2}[-/.].*",
    re.IGNORECASE,
)


def bare(cell: str) -> str:
    """Without what keeps spreadsheets from eating zeros (`="01000"`, `'01000`) and from carrying
    formulas out (`'=A1`, as our own export writes it), nor signs for nothing."""
    text = re.sub(r'^="(.*)"$|^\'(?=[\d+=@-])', r"\1", cell.strip())
    return "" if text.casefold() in NOTHING else text


def is_true(text: str) -> bool:
    """`oui`, `1`, a date on which it became true…"""
    return bool(_TRUE.fullmatch(text.strip()))


def is_no_name(text: str) -> bool:
    """A flag, a date, a number or an address: nobody is called that."""
    plain = text.strip().casefold()
    digits = re.sub(r"[\s.,/-]", "", plain).isdigit()
    return plain in _FLAGS or digits or bool(_DATE.fullmatch(plain) or normalise_email(plain))


def is_civility(text: str) -> bool:
    """`Mme`, which is no job; or a flag."""
    return text.strip().casefold().rstrip(".") in _CIVILITIES | _FLAGS


def fits(field: Field, values: Sequence[str]) -> bool:
    """Whether a column of such values may stand for the field, as far as they tell."""
    said = [text for value in values if (text := bare(value))]
    if not said:
        return True
    match field:
        case "name" | "contact" | "firstName" | "lastName":
            wrong = sum(map(is_no_name, said))
        case "title":
            wrong = sum(map(is_civility, said))
        case _:
            wrong = 0
    return wrong * 2 <= len(said)

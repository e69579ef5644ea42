"""What a field should have been, in words: pydantic's findings put in French and English."""

from collections.abc import Iterable, Mapping
from typing import Any

from events.fact import Value
from services.wording.domain import Language


class FieldError(Value):
    """One field, and what would be right."""

    field: str
    """Its path, `targeting.activities.0`; empty is the whole body."""
    message: str


_WORDS: dict[str, tuple[str, str]] = {
    "missing": ("Obligatoire.", "Required."),
    "string_type": ("Attendu : un texte.", "Expected: a text."),
    "string_too_short": (
        "Au moins {min_length} caractère(s).",
        "At least {min_length} character(s).",
    ),
    "string_too_long": ("Au plus {max_length} caractères.", "At most {max_length} characters."),
    "string_pattern_mismatch": (
        "Attendu : un texte de la forme {pattern}.",
        "Expected: a text of the form {pattern}.",
    ),
    "string_unicode": ("Attendu : un texte Unicode valide.", "Expected: valid Unicode text."),
    "int_type": ("Attendu : un nombre entier.", "Expected: a whole number."),
    "int_parsing": ("Attendu : un nombre entier.", "Expected: a whole number."),
    "int_from_float": ("Attendu : un nombre entier.", "Expected: a whole number."),
    "int_parsing_size": ("Nombre trop grand.", "Number too large."),
    "float_type": ("Attendu : un nombre.", "Expected: a number."),
    "float_parsing": ("Attendu : un nombre.", "Expected: a number."),
    "finite_number": ("Attendu : un nombre fini.", "Expected: a finite number."),
    "greater_than_equal": ("Au moins {ge}.", "At least {ge}."),
    "less_than_equal": ("Au plus {le}.", "At most {le}."),
    "greater_than": ("Plus de {gt}.", "More than {gt}."),
    "literal_error": ("Attendu : {expected}.", "Expected: {expected}."),
    "tuple_type": ("Attendu : une liste.", "Expected: a list."),
    "list_type": ("Attendu : une liste.", "Expected: a list."),
    "too_long": ("Au plus {max_length} éléments.", "At most {max_length} items."),
    "model_attributes_type": ("Attendu : un objet JSON.", "Expected: a JSON object."),
    "model_type": ("Attendu : un objet JSON.", "Expected: a JSON object."),
    "dict_type": ("Attendu : un objet JSON.", "Expected: a JSON object."),
}

_HINTS: dict[str, tuple[str, str]] = {
    "activities": (
        "Attendu : un code NAF, par exemple 62.01Z ou 62.",
        "Expected: a NAF code, for example 62.01Z or 62.",
    ),
    "sections": ("Attendu : une section NAF, de A à U.", "Expected: a NAF section, A to U."),
    "departements": (
        "Attendu : un département, par exemple 75, 2A ou 974.",
        "Expected: a département, for example 75, 2A or 974.",
    ),
    "regions": (
        "Attendu : un code région INSEE, par exemple 11.",
        "Expected: an INSEE region code, for example 11.",
    ),
    "postalCodes": (
        "Attendu : un code postal de 5 chiffres, par exemple 75011.",
        "Expected: a postcode of 5 digits, for example 75011.",
    ),
    "excludeSirens": ("Attendu : un SIREN de 9 chiffres.", "Expected: a SIREN of 9 digits."),
}

_SAYS_NOTHING = (
    "Nommez au moins un champ à modifier.",
    "Name at least one field to change.",
)
_PLACES = ("body", "query", "path", "header", "cookie")


def field_errors(found: Iterable[Mapping[str, Any]], language: Language) -> list[FieldError]:
    """pydantic's `errors()`, each by its field and in words."""
    return [
        FieldError(field=_path(error["loc"]), message=_message(error, language)) for error in found
    ]


def _path(location: tuple[str | int, ...]) -> str:
    inside = location[1:] if location and location[0] in _PLACES else location
    return ".".join(str(part) for part in inside)


def _message(error: Mapping[str, Any], language: Language) -> str:
    english = language == "en"
    names = [str(part) for part in error["loc"] if not isinstance(part, int)]
    if error["type"] == "string_pattern_mismatch" and names and names[-1] in _HINTS:
        return _HINTS[names[-1]][english]
    if error["type"] == "value_error":
        return _SAYS_NOTHING[english]
    if (pair := _WORDS.get(error["type"])) is None:
        return str(error["msg"])
    told = pair[english].format_map(error.get("ctx") or {})
    return told if english else told.replace(" or ", " ou ")

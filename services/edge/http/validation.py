"""What a field should have been, in words: pydantic's findings put in French and English."""

from collections.abc import Iterable, Mapping
from typing import Any

from events.fact import Value
from services.wording import Language, render


class FieldError(Value):
    """One field, and what would be right."""

    field: str
    """Its path, `targeting.activities.0`; empty is the whole body."""
    message: str


HINTED = (
    "activities", "sections", "sections2025", "departements", "regions", "postalCodes",
    "excludeSirens",
)  # fmt: skip
"""Fields whose pattern says less to a person than an example."""
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
    names = [str(part) for part in error["loc"] if not isinstance(part, int)]
    params = error.get("ctx") or {}
    if error["type"] == "string_pattern_mismatch" and names and names[-1] in HINTED:
        return render(f"invalid.pattern.{names[-1]}", params, language)
    if error["type"] == "value_error":
        return render("invalid.nothingToChange", params, language)
    code = f"invalid.{error['type']}"
    told = render(code, params, language)
    if told == code:  # pydantic's own English rather than a code
        return str(error["msg"])
    return told.replace(" or ", " ou ") if language == "fr" else told

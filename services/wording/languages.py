"""Which language a person is told something in: one rule for pages, frames, files and terminals."""

from collections.abc import Mapping
from typing import Literal, get_args

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT: Language = "fr"


def preferred(
    person: str | None, organisation: Language | None = None, accept_language: str | None = None
) -> Language:
    """What the person chose, else the organisation's, else what the request asks for, else French.

    A browser's `Accept-Language` is nobody's choice: it counts only where nobody is signed in.
    """
    return known(person) or organisation or asked(accept_language) or DEFAULT


def known(name: str | None) -> Language | None:
    return next((language for language in LANGUAGES if language == name), None)


def asked(accept_language: str | None) -> Language | None:
    """The known language that `Accept-Language` prefers, if it names any."""
    best: tuple[float, Language] | None = None
    for part in (accept_language or "").split(","):
        tag, _, parameters = part.partition(";")
        language = known(tag.strip().lower().split("-")[0])
        weight = _weight(parameters)
        if language and weight > (best or (0.0,))[0]:
            best = (weight, language)
    return best[1] if best else None


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def of_terminal(environment: Mapping[str, str]) -> Language:
    """By POSIX's order of precedence; English unless it is French."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "fr" if next(filter(None, names), "").startswith("fr") else "en"

"""Which language an answer is in."""

from typing import get_args

from starlette.requests import Request

from services.wording.domain import Language

DEFAULT: Language = "fr"


def asked(accept_language: str | None) -> Language | None:
    """The known language that `Accept-Language` prefers, if it names any."""
    best: tuple[float, Language] | None = None
    for part in (accept_language or "").split(","):
        tag, _, parameters = part.partition(";")
        weight = _weight(parameters)
        for language in get_args(Language):
            if tag.strip().lower().split("-")[0] == language and weight > (best or (0.0,))[0]:
                best = (weight, language)
    return best[1] if best else None


def of(request: Request) -> Language:
    """What the request asks for, else the organisation's, else French."""
    principal = getattr(request.state, "principal", None)
    own: Language = principal.language if principal else DEFAULT
    return asked(request.headers.get("accept-language")) or own


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0

"""Which language an answer is in."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import HTTPConnection

from services.accounts import Principal
from services.wording import Language, preferred

CHOICE = "filon_language"
"""The cookie that says which language the person chose. Only the dashboard's switch sets it; being
a cookie, it comes along with calls, uploads, downloads and both streams."""


def of(request: HTTPConnection) -> Language:
    principal: Principal | None = getattr(request.state, "principal", None)
    return preferred(
        request.cookies.get(CHOICE),
        principal.language if principal else None,
        request.headers.get("accept-language"),
    )


def spoken_to(principal: Principal, cookies: Mapping[str, str]) -> Principal:
    """The same person, with the language that they chose in this browser."""
    return replace(principal, language=preferred(cookies.get(CHOICE), principal.language))

"""Who connects: by cookie, token or ticket, whichever the request carries."""

from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from services.accounts import COOKIE, Principal, Sessions
from services.accounts.throttle import counted
from services.edge.http.languages import spoken_to


class ForeignOrigin(Exception):
    """A browser's page of this origin may not act with the cookie."""

    def __init__(self, origin: str) -> None:
        super().__init__(origin)
        self.origin = origin


def parameters(scope: Scope) -> dict[str, str]:
    """The query's, the last of each name. They leave the scope, so that no log shows a ticket."""
    query = parse_qs(scope["query_string"].decode("latin-1"))
    scope["query_string"] = b""
    return {name: values[-1] for name, values in query.items()}


def address(scope: Scope) -> str:
    """What attempts are counted by."""
    client = scope.get("client")
    return counted(client[0]) if client else ""


async def admitted(access: Sessions, scope: Scope, asked: Mapping[str, str]) -> Principal | None:
    """Who it is, told things in the language that they chose.

    None where nothing says who it is; raises `InvalidToken` or `ForeignOrigin`.

    A browser says where a page that opens a WebSocket, or reads from elsewhere, is from. Without an
    `Origin` it is the edge's own page or no browser: `SameSite` keeps the cookie from others.
    """
    principal = await _admitted(access, scope, asked)
    return principal and spoken_to(principal, cookies(scope))


def cookies(scope: Scope) -> dict[str, str]:
    return cookie_parser(Headers(scope=scope).get("cookie", ""))


async def _admitted(access: Sessions, scope: Scope, asked: Mapping[str, str]) -> Principal | None:
    headers = Headers(scope=scope)
    if ticket := asked.get("ticket"):
        return await access.redeem_ticket(ticket)
    if token := _bearer(headers):
        return access.of_token(token)
    kept = cookies(scope)
    if COOKIE not in kept:
        return None
    origin = headers.get("origin")
    if origin is not None and not access.origin_allowed(origin):
        raise ForeignOrigin(origin)
    return access.of_cookie(kept)


def _bearer(headers: Headers) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""

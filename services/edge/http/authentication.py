"""Who sends this request: a Bearer token, or the session cookie of an allowed page."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends
from fastapi.security import APIKeyCookie, HTTPBearer
from starlette.requests import Request

from services.accounts import COOKIE, Principal, Role
from services.edge.http.languages import spoken_to
from services.edge.http.parts import parts_of
from services.edge.http.problems import Problem

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

_BEARER = HTTPBearer(auto_error=False, description="The token that login answers.")
_COOKIE = APIKeyCookie(name=COOKIE, auto_error=False, description="The cookie that login sets.")


def identify(request: Request) -> Principal:
    """Who sends the request; a token in a header wins over the cookie. Raises `Problem` (401, 403)
    or `InvalidToken`."""
    known: Principal | None = getattr(request.state, "principal", None)
    if known is None:
        known = spoken_to(_identify(request), request.cookies)
        request.state.principal = known
    return known


def _identify(request: Request) -> Principal:
    sessions = parts_of(request).sessions
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return sessions.of_token(token.strip())
    principal = sessions.of_cookie(request.cookies)
    if principal is None:
        raise Problem(401, "SignInNeeded")
    if request.method not in SAFE:
        check_origin(request)
    return principal


def check_origin(request: Request) -> None:
    """Raises `Problem` 403 for a page that may not act with the cookie."""
    origin = request.headers.get("origin")
    if not parts_of(request).sessions.origin_allowed(origin):
        raise Problem(403, "ForbiddenOrigin", {"origin": origin or "—"})


def _allow(role: Role) -> Callable[..., Awaitable[Principal]]:
    """A dependency that raises `Problem` (401, 403) or `InvalidToken` for anybody else."""

    async def check(
        request: Request,
        _bearer: Annotated[object, Depends(_BEARER)],
        _cookie: Annotated[object, Depends(_COOKIE)],
    ) -> Principal:
        principal = identify(request)
        if not principal.may_act_as(role):
            raise Problem(403, "RoleNeeded", {"role": role, "own": principal.role})
        return principal

    return check


Viewer = Annotated[Principal, Depends(_allow("viewer"))]
"""Reads."""
Operator = Annotated[Principal, Depends(_allow("operator"))]
"""Works."""
Admin = Annotated[Principal, Depends(_allow("admin"))]
"""Manages: erasure, accounts."""

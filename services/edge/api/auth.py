"""`/api/auth`: signing in and out."""

import asyncio
import math
from datetime import UTC, datetime
from typing import Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from events.fact import Value
from services.accounts import (
    COOKIE,
    Account,
    InvalidToken,
    Principal,
    Role,
    tickets,
    tokens,
)
from services.accounts.hashing import TooManySignIns
from services.edge.http.asked import Asked
from services.edge.http.authentication import Viewer, check_origin
from services.edge.http.parts import EdgeParts, Parts
from services.edge.http.problems import Problem
from services.edge.http.responses import problems
from services.wording import Language

router = APIRouter(prefix="/api/auth", tags=["auth"], responses=problems(400, 415, 422, 503))


class Credentials(Asked):
    email: str = Field(min_length=1, max_length=254, examples=["ada@acme.example"])
    password: str = Field(min_length=1, max_length=256, examples=["correct horse battery"])


class User(Value):
    id: str
    email: str
    org: str
    role: Role
    language: Language

    @classmethod
    def of(cls, account: Account) -> "User":
        """The account without its password."""
        return cls(
            id=account.id,
            email=account.email,
            org=account.org,
            role=account.role,
            language=account.language,
        )


class Session(Value):
    token: str
    expires_at: datetime
    user: User


class SignedOut(Value):
    status: Literal["signedOut"] = "signedOut"


class Ticket(Value):
    ticket: str
    expires_in: int = Field(description="Seconds.", examples=[tickets.LIFETIME_S])


@router.post("/login", responses=problems(401, 403, 429))
async def sign_in(
    body: Credentials, request: Request, response: Response, parts: EdgeParts
) -> Session:
    """Sets the session cookie, and answers the same token for clients that use no cookie."""
    if request.headers.get("origin") is not None:
        check_origin(request)
    account = await authenticated(parts, body, address_of(request))
    return open_session(response, parts, account)


@router.post("/refresh", responses=problems(401, 403))
async def refresh_session(principal: Viewer, response: Response, parts: EdgeParts) -> Session:
    """The same session, for longer, with the role that the person has by now; 30 days after the
    password was given it ends."""
    account = await account_of(parts, principal)
    token, longer = parts.sessions.refresh(principal, account)
    _set_cookie(response, token, parts.settings.production)
    return _session(token, longer, account)


@router.post("/logout", responses=problems(401, 403))
async def sign_out(principal: Viewer, response: Response, parts: EdgeParts) -> SignedOut:
    """Ends the session at every edge, and takes the cookie away."""
    await parts.sessions.end(principal)
    response.delete_cookie(COOKIE, path="/")
    return SignedOut()


@router.get("/me", responses=problems(401))
async def get_signed_in_user(principal: Viewer, parts: EdgeParts) -> User:
    """Whose session this is."""
    return User.of(await account_of(parts, principal))


@router.post("/ticket", responses=problems(401, 403))
async def issue_ticket(principal: Viewer, parts: EdgeParts) -> Ticket:
    """For the URL of one WebSocket, within 30 s, at any edge."""
    made = await parts.sessions.issue_ticket(principal)
    return Ticket(ticket=made, expires_in=tickets.LIFETIME_S)


async def authenticated(parts: Parts, body: Credentials, address: str) -> Account:
    """Raises `Problem`: 401, or 429 after too many failures from this address, or while too many
    sign in."""
    throttle, hashing = parts.throttle, parts.hashing
    email = body.email.strip().casefold()
    _slow_down(throttle.wait(email, address))
    try:
        async with hashing.turn():
            _slow_down(throttle.wait(email, address))  # many may have waited for their turn
            account = await hashing.run(parts.accounts.authenticate, email, body.password)
    except TooManySignIns:
        raise too_fast(1) from None
    if account is None:
        throttle.failed(email, address)
        raise Problem(401, "WrongCredentials")
    throttle.succeeded(email, address)
    return account


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


def _slow_down(wait_s: float) -> None:
    """Raises `Problem` 429 where the next attempt is `wait_s` seconds away."""
    if wait_s:
        raise too_fast(math.ceil(wait_s))


def too_fast(wait_s: int) -> Problem:
    """The next attempt is that many seconds away."""
    seconds = str(wait_s)
    return Problem(429, "SlowDown", {"seconds": seconds}, headers={"Retry-After": seconds})


async def account_of(parts: Parts, principal: Principal) -> Account:
    """Raises `InvalidToken` where the account is gone."""
    account = await asyncio.to_thread(parts.accounts.get, principal.user_id)
    if account is None:
        raise InvalidToken("revoked")
    return account


def open_session(response: Response, parts: Parts, account: Account) -> Session:
    """A new one, which the cookie holds as well."""
    token, principal = parts.sessions.open(
        account.id, account.org, account.role, account.language, account.epoch
    )
    _set_cookie(response, token, parts.settings.production)
    return _session(token, principal, account)


def _set_cookie(response: Response, token: str, production: bool) -> None:
    response.set_cookie(
        COOKIE,
        token,
        max_age=tokens.LIFETIME_S,
        path="/",
        secure=production,
        httponly=True,
        samesite="lax",
    )


def _session(token: str, principal: Principal, account: Account) -> Session:
    expires = datetime.fromtimestamp(principal.expires_at, UTC)
    return Session(token=token, expires_at=expires, user=User.of(account))

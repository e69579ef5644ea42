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
    Accounts,
    InvalidToken,
    Principal,
    Role,
    Sessions,
    tickets,
    tokens,
)
from services.accounts.throttle import Throttle
from services.edge.http.authentication import Viewer, check_origin
from services.edge.http.problems import Problem
from services.edge.http.responses import problems
from services.wording import Language

router = APIRouter(prefix="/api/auth", tags=["auth"], responses=problems(400, 415, 422, 503))
_HASHING = asyncio.Semaphore(4)
"""Each argon2 takes 64 MiB and a core."""


class Credentials(Value):
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
    expires_in: int = Field(description="Seconds.", examples=[tickets.LIFETIME])


@router.post("/login", responses=problems(401, 403, 429))
async def login(body: Credentials, request: Request, response: Response) -> Session:
    """Sets the session cookie, and answers the same token for clients that use no cookie."""
    if request.headers.get("origin") is not None:
        check_origin(request)
    account = await _authenticate(request, body)
    access: Sessions = request.app.state.access
    token, principal = access.open(account.id, account.org, account.role, account.language)
    return _session(request, response, token, principal, account)


@router.post("/refresh", responses=problems(401, 403))
async def refresh(principal: Viewer, request: Request, response: Response) -> Session:
    """The same session, for longer, with the role that the person has by now."""
    account = await _account(request, principal)
    access: Sessions = request.app.state.access
    token, longer = access.refresh(principal, account.role, account.language)
    return _session(request, response, token, longer, account)


@router.post("/logout", responses=problems(401, 403))
async def logout(principal: Viewer, request: Request, response: Response) -> SignedOut:
    """Ends the session at every edge, and takes the cookie away."""
    await request.app.state.access.end(principal)
    response.delete_cookie(COOKIE, path="/")
    return SignedOut()


@router.get("/me", responses=problems(401))
async def me(principal: Viewer, request: Request) -> User:
    return User.of(await _account(request, principal))


@router.post("/ticket", responses=problems(401, 403))
async def ticket(principal: Viewer, request: Request) -> Ticket:
    """For the URL of one WebSocket, within 30 s, at any edge."""
    made = await request.app.state.access.issue_ticket(principal)
    return Ticket(ticket=made, expires_in=tickets.LIFETIME)


async def _authenticate(request: Request, body: Credentials) -> Account:
    """Raises `Problem`: 401, or 429 after too many failures from this address."""
    throttle: Throttle = request.app.state.throttle
    accounts: Accounts = request.app.state.accounts
    email, address = body.email.strip().casefold(), request.client.host if request.client else ""
    _slow_down(throttle.wait(email, address))
    async with _HASHING:
        _slow_down(throttle.wait(email, address))  # many may have waited for their turn
        account = await asyncio.to_thread(accounts.authenticate, email, body.password)
    if account is None:
        throttle.failed(email, address)
        raise Problem(401, "WrongCredentials")
    throttle.succeeded(email, address)
    return account


def _slow_down(wait: float) -> None:
    """Raises `Problem` where the next attempt is `wait` seconds away."""
    if wait:
        seconds = str(math.ceil(wait))
        raise Problem(429, "SlowDown", {"seconds": seconds}, headers={"Retry-After": seconds})


async def _account(request: Request, principal: Principal) -> Account:
    """Raises `InvalidToken` where the account is gone."""
    accounts: Accounts = request.app.state.accounts
    account = await asyncio.to_thread(accounts.get, principal.user_id)
    if account is None:
        raise InvalidToken("revoked")
    return account


def _session(
    request: Request, response: Response, token: str, principal: Principal, account: Account
) -> Session:
    response.set_cookie(
        COOKIE,
        token,
        max_age=tokens.LIFETIME,
        path="/",
        secure=request.app.state.settings.production,
        httponly=True,
        samesite="lax",
    )
    expires = datetime.fromtimestamp(principal.expires_at, UTC)
    return Session(token=token, expires_at=expires, user=User.of(account))

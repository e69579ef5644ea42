"""From a token, a cookie or a ticket to the person who holds it; signing in and out."""

import asyncio
import contextlib
import secrets
import time
from collections.abc import Callable, Container, Mapping
from dataclasses import replace

from nats.aio.client import Client
from nats.aio.msg import Msg
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from events.subjects import WHOLE_ORGANISATION, live_subject
from services.accounts import tickets, tokens
from services.accounts.people import Account
from services.accounts.principal import InvalidToken, Principal, Role
from services.accounts.revocations import Revocations
from services.accounts.signing_keys import SigningKeys
from services.wording import Language

COOKIE = "filon_session"
_ENDED = live_subject(WHOLE_ORGANISATION, WHOLE_ORGANISATION, "session-ended")
_LOOK_EVERY_S = 2.0
"""Between two looks at what the database says has ended, for what was not heard live: the command
line tells nobody."""


class Sessions:
    """Opens, checks and ends sessions; one per process."""

    def __init__(self, keys: SigningKeys, engine: Engine, origins: Container[str]) -> None:
        self._keys, self._engine, self._origins = keys, engine, origins
        self._revocations = Revocations(engine)
        self._nc: Client | None = None
        self._refreshing: asyncio.Task[None] | None = None
        self._news, self._looking = asyncio.Event(), asyncio.Lock()
        self._told: Callable[[], None] = _nobody

    async def start(self, nc: Client) -> None:
        """Keeps up with the sessions that other edges end."""
        self._nc = nc
        await self._catch_up()
        await nc.subscribe(_ENDED, cb=self._heard)
        self._refreshing = asyncio.create_task(self._refresh())

    async def stop(self) -> None:
        if self._refreshing is not None:
            self._refreshing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._refreshing

    def of_token(self, token: str) -> Principal:
        """Who holds the token; raises `InvalidToken` for one that is no good (any more)."""
        principal = tokens.verify(self._keys, token)
        if self._revocations.holds(principal):
            raise InvalidToken("revoked")
        return principal

    def of_cookie(self, cookies: Mapping[str, str]) -> Principal | None:
        """None where there is no session cookie; raises `InvalidToken` for one that is no good."""
        token = cookies.get(COOKIE)
        return self.of_token(token) if token else None

    def origin_allowed(self, origin: str | None) -> bool:
        """Whether a browser's page of exactly this origin may act with the cookie."""
        return origin is not None and origin in self._origins

    def open(
        self, user_id: str, org: str, role: Role, language: Language, epoch: int = 0
    ) -> tuple[str, Principal]:
        """A new session, and its first token."""
        now = time.time()
        principal = Principal(
            user_id=user_id,
            org=org,
            role=role,
            language=language,
            expires_at=_expiry(now),
            token_id=secrets.token_urlsafe(12),
            epoch=epoch,
            signed_in_at=now,
        )
        return tokens.issue(self._keys, principal), principal

    def refresh(self, principal: Principal, account: Account) -> tuple[str, Principal]:
        """The same session for longer, at most 30 days after the password was given, with what its
        person may do now. Raises `InvalidToken` where an earlier epoch's is not known to have ended
        here yet."""
        if principal.epoch != account.epoch:
            raise InvalidToken("revoked")
        longer = replace(
            principal,
            role=account.role,
            language=account.language,
            expires_at=_expiry(principal.signed_in_at),
        )
        return tokens.issue(self._keys, longer), longer

    def ended(self, principal: Principal) -> bool:
        """Whether the session was ended before its time."""
        return self._revocations.holds(principal)

    async def end(self, principal: Principal) -> None:
        """No token of this session is accepted any more, by any edge."""
        last = time.time() + tokens.LIFETIME_S
        self._revocations.note(principal.token_id, last)
        self._told()
        await asyncio.to_thread(self._revocations.add, principal.token_id, last)
        await self.look()

    async def look(self) -> None:
        """The database says now that a session has ended, or somebody was put out: here it counts
        once this returns, and the other edges are told to look."""
        await self._catch_up()
        if self._nc is not None:
            await self._nc.publish(_ENDED, b"")

    async def issue_ticket(self, principal: Principal) -> str:
        """A ticket for one WebSocket's URL, good once, for 30 s, at any edge."""
        return await asyncio.to_thread(tickets.issue, self._engine, principal)

    async def redeem_ticket(self, ticket: str) -> Principal:
        """Whom the ticket stands for; raises `InvalidToken` for one that was used, is older than
        30 s, or never was."""
        principal = await asyncio.to_thread(tickets.redeem, self._engine, ticket)
        if self._revocations.holds(principal):
            raise InvalidToken("revoked")
        return principal

    def when_ended(self, told: Callable[[], None]) -> None:
        """`told` is called, in the event loop, when sessions end before their time: see `ended`."""
        self._told = told

    async def _catch_up(self) -> None:
        """One look after the other: what is older never replaces what is newer."""
        async with self._looking:
            changed = self._revocations.take(await asyncio.to_thread(self._revocations.read))
        if changed:
            self._told()

    async def _heard(self, _message: Msg) -> None:
        self._news.set()

    async def _refresh(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_EVERY_S):
                    await self._news.wait()
            self._news.clear()
            with contextlib.suppress(SQLAlchemyError):  # the next round asks again
                await self._catch_up()


def _expiry(signed_in_at: float) -> float:
    end = min(time.time() + tokens.LIFETIME_S, signed_in_at + tokens.LONGEST_SESSION_S)
    return float(int(end))


def _nobody() -> None: ...

"""From a token, a cookie or a ticket to the person who holds it; signing in and out."""

import asyncio
import contextlib
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from nats.aio.client import Client
from nats.aio.msg import Msg
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from events.subjects import WHOLE_ORGANISATION, live_subject
from services.accounts import tickets, tokens
from services.accounts.principal import InvalidToken, Principal, Role
from services.accounts.revocations import Revocations
from services.accounts.signing_keys import SigningKeys
from services.wording import Language

COOKIE = "filon_session"
_ENDED = live_subject(WHOLE_ORGANISATION, WHOLE_ORGANISATION, "session-ended")
_REFRESH_EVERY_S = 10.0
"""Between two looks at the shared list of ended sessions, for what was not heard live."""


class Sessions:
    """Opens, checks and ends sessions; one per process."""

    def __init__(self, keys: SigningKeys, engine: Engine, origins: frozenset[str]) -> None:
        self._keys, self._engine, self._origins = keys, engine, origins
        self._revocations = Revocations(engine)
        self._nc: Client | None = None
        self._refreshing: asyncio.Task[None] | None = None

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
        if principal.token_id in self._revocations:
            raise InvalidToken("revoked")
        return principal

    def of_cookie(self, cookies: Mapping[str, str]) -> Principal | None:
        """None where there is no session cookie; raises `InvalidToken` for one that is no good."""
        token = cookies.get(COOKIE)
        return self.of_token(token) if token else None

    def origin_allowed(self, origin: str | None) -> bool:
        """Whether a browser's page of exactly this origin may act with the cookie."""
        return origin is not None and origin in self._origins

    def open(self, user_id: str, org: str, role: Role, language: Language) -> tuple[str, Principal]:
        """A new session, and its first token."""
        principal = Principal(
            user_id=user_id,
            org=org,
            role=role,
            language=language,
            expires_at=_expiry(),
            token_id=secrets.token_urlsafe(12),
        )
        return tokens.issue(self._keys, principal), principal

    def refresh(
        self, principal: Principal, role: Role, language: Language
    ) -> tuple[str, Principal]:
        """The same session for longer, with the role that its person has now."""
        longer = replace(principal, role=role, language=language, expires_at=_expiry())
        return tokens.issue(self._keys, longer), longer

    def ended(self, principal: Principal) -> bool:
        """Whether the session was ended before its time."""
        return principal.token_id in self._revocations

    async def end(self, principal: Principal) -> None:
        """No token of this session is accepted any more, by any edge."""
        self._revocations.note(principal.token_id)
        last = time.time() + tokens.LIFETIME_S
        await asyncio.to_thread(self._revocations.add, principal.token_id, last)
        if self._nc is not None:
            await self._nc.publish(_ENDED, principal.token_id.encode())

    async def issue_ticket(self, principal: Principal) -> str:
        """A ticket for one WebSocket's URL, good once, for 30 s, at any edge."""
        return await asyncio.to_thread(tickets.issue, self._engine, principal)

    async def redeem_ticket(self, ticket: str) -> Principal:
        """Whom the ticket stands for; raises `InvalidToken` for one that was used, is older than
        30 s, or never was."""
        principal = await asyncio.to_thread(tickets.redeem, self._engine, ticket)
        if principal.token_id in self._revocations:
            raise InvalidToken("revoked")
        return principal

    def when_ended(self, told: Callable[[str], None]) -> None:
        """`told` is called with the `token_id` of each session that ends before its time."""
        self._revocations.told = told

    async def _catch_up(self) -> None:
        for session in await asyncio.to_thread(self._revocations.read):
            self._revocations.note(session)

    async def _heard(self, message: Msg) -> None:
        self._revocations.note(message.data.decode())

    async def _refresh(self) -> None:
        while True:
            await asyncio.sleep(_REFRESH_EVERY_S)
            with contextlib.suppress(SQLAlchemyError):  # the next round asks again
                await self._catch_up()


def _expiry() -> float:
    return float(int(time.time()) + tokens.LIFETIME_S)

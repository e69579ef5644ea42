"""Sessions that were ended before their time, known to every edge."""

import time
from collections.abc import Callable

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from services.accounts.tables import revocations

KEPT_S = 24 * 3600
"""Longer than any token lives."""


class Revocations:
    """A copy in memory of what the database holds, so that checking a token asks nobody."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._ended: dict[str, float] = {}
        """Each with when it was noted, oldest first."""
        self.told: Callable[[str], None] = _nobody
        """Called, in the event loop, with each session that was ended."""

    def __contains__(self, session: str) -> bool:
        return session in self._ended

    def note(self, session: str) -> None:
        """The session has ended."""
        if session not in self._ended:
            self._ended[session] = time.monotonic()
            self.told(session)
        while self._ended and time.monotonic() - next(iter(self._ended.values())) > KEPT_S:
            del self._ended[next(iter(self._ended))]

    def add(self, session: str, expires_at: float) -> None:
        """Keeps it; `expires_at` is when the session's last token would have ended anyway."""
        try:
            with self._engine.begin() as connection:
                row = {"session": session, "expires_at": expires_at}
                connection.execute(insert(revocations).values(row))
        except IntegrityError:
            return  # it was ended before

    def read(self) -> set[str]:
        """What the database holds, without what no longer matters."""
        with self._engine.begin() as connection:
            connection.execute(delete(revocations).where(revocations.c.expires_at < time.time()))
            return set(connection.scalars(select(revocations.c.session)))


def _nobody(_session: str) -> None: ...

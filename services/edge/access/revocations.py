"""Sessions that were ended before their time, known to every edge."""

import time

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from services.edge.tables import revocations


class Revocations:
    """A copy in memory of what the database holds, so that checking a token asks nobody."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._ended: set[str] = set()

    def __contains__(self, session: str) -> bool:
        return session in self._ended

    def note(self, session: str) -> None:
        """Another edge says that the session ended."""
        self._ended.add(session)

    def add(self, session: str, expires_at: float) -> None:
        """Ends the session; `expires_at` is when its last token would have ended anyway."""
        self._ended.add(session)
        try:
            with self._engine.begin() as connection:
                row = {"session": session, "expires_at": expires_at}
                connection.execute(insert(revocations).values(row))
        except IntegrityError:
            return  # it was ended before

    def refresh(self) -> None:
        """Reads what the database holds, and drops what no longer matters."""
        with self._engine.begin() as connection:
            connection.execute(delete(revocations).where(revocations.c.expires_at < time.time()))
            self._ended = set(connection.scalars(select(revocations.c.session)))

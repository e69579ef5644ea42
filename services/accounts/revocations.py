"""Sessions that were ended before their time, known to every edge."""

import time
from dataclasses import dataclass, field

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from services.accounts.principal import Principal
from services.accounts.tables import put_out, revocations


@dataclass(frozen=True)
class Ended:
    """What the database holds of them."""

    sessions: frozenset[str] = field(default=frozenset())
    epochs: dict[str, int] = field(default_factory=dict)
    """Person → the lowest epoch whose sessions are good."""


class Revocations:
    """A copy in memory of what the database holds, so that checking a token asks nobody."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._here: dict[str, float] = {}
        """Ended at this edge, until when: known before the database is."""
        self._ended = Ended()

    def holds(self, principal: Principal) -> bool:
        """Whether the session was ended, or its person put out since it began."""
        session = principal.token_id
        return (
            session in self._ended.sessions
            or session in self._here
            or principal.epoch < self._ended.epochs.get(principal.user_id, 0)
        )

    def note(self, session: str, expires_at: float) -> None:
        """The session has ended; its last token would have at `expires_at`."""
        now = time.time()
        self._here = {known: end for known, end in self._here.items() if end > now}
        self._here[session] = expires_at

    def take(self, ended: Ended) -> bool:
        """Replaces the copy; whether it says something else than the one before."""
        changed = ended != self._ended
        self._ended = ended
        return changed

    def add(self, session: str, expires_at: float) -> None:
        """Keeps it, without what no longer matters."""
        with self._engine.begin() as connection:
            for table in (revocations, put_out):
                connection.execute(delete(table).where(table.c.expires_at < time.time()))
        try:
            with self._engine.begin() as connection:
                row = {"session": session, "expires_at": expires_at}
                connection.execute(insert(revocations).values(row))
        except IntegrityError:
            return  # it was ended before

    def read(self) -> Ended:
        """What the database holds now."""
        with self._engine.connect() as connection:
            sessions = frozenset(connection.scalars(select(revocations.c.session)))
            people = connection.execute(select(put_out.c.user_id, put_out.c.epoch))
            return Ended(sessions, {row.user_id: row.epoch for row in people})

"""One projector at a time: the others stand by, and one takes over as soon as the first is gone.

The lock goes with its holder, however that ends: it is on a file beside SQLite's, and on a
connection to PostgreSQL. What a holder writes does not rest on it (see `projector.advance`).
"""

import asyncio
import fcntl
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import Protocol

from sqlalchemy import Connection, Engine, text

from services.database.locking import PROJECTOR_LOCK

_LOOK_S = 0.5
"""Seconds between two attempts of one that stands by."""
_TAKE = text(f"SELECT pg_try_advisory_lock({PROJECTOR_LOCK})")
_KEEPALIVES = ("tcp_keepalives_idle=5", "tcp_keepalives_interval=5", "tcp_keepalives_count=3")
"""By these PostgreSQL learns within 20 s of a machine that vanished with the lock."""


class Lease(Protocol):
    """The right to keep the read models."""

    def take(self) -> bool:
        """Whether it is ours now."""
        ...

    def check(self) -> None:
        """Raises SQLAlchemy's `OperationalError` where it was lost."""
        ...

    def release(self) -> None: ...


class FileLease:
    """SQLite's."""

    def __init__(self, database: str) -> None:
        self._file = os.open(f"{database}.projector", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def check(self) -> None:
        """A file's lock is lost only with its process."""

    def release(self) -> None:
        os.close(self._file)


class AdvisoryLease:
    """PostgreSQL's."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def take(self) -> bool:
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(
                isolation_level="AUTOCOMMIT"
            )
            for setting in _KEEPALIVES:
                self._connection.exec_driver_sql(f"SET {setting}")
        return bool(self._connection.scalar(_TAKE))

    def check(self) -> None:
        assert self._connection is not None
        self._connection.exec_driver_sql("SELECT 1")

    def release(self) -> None:
        """The connection is closed, not given back to the pool: the lock would stay with it."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()


@asynccontextmanager
async def held(engine: Engine) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Waits until no other projector holds the read models; yields `Lease.check`. The lease's
    calls run one after another, in a thread of their own: a wait that is cancelled leaves nothing
    locked."""
    lease = _of(engine)
    with ThreadPoolExecutor(1, "lease") as thread:
        in_turn = partial(asyncio.get_running_loop().run_in_executor, thread)
        try:
            if not await in_turn(lease.take):
                logging.info("projector.standing_by")
                while not await in_turn(lease.take):  # noqa: ASYNC110  # no event says so
                    await asyncio.sleep(_LOOK_S)
            yield partial(in_turn, lease.check)
        finally:
            await in_turn(lease.release)


def _of(engine: Engine) -> Lease:
    database = engine.url.database
    if engine.dialect.name == "sqlite" and database:
        return FileLease(database)
    return AdvisoryLease(engine)

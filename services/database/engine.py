"""Opening the database."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event

from services.database.migrating import migrate

_LOCK_TIMEOUT_S = 30
"""How long SQLite waits for another writer."""


def engine_from_env() -> Engine:
    """`FILON_DATABASE_URL`, else `filon.db` in `FILON_HOME`; see `open_engine`."""
    url = os.environ.get("FILON_DATABASE_URL")
    if not url:
        home = Path(os.environ.get("FILON_HOME") or ".filon")
        home.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{home / 'filon.db'}"
    return open_engine(url)


def open_engine(url: str) -> Engine:
    """The engine, its database migrated to what this version needs.

    Raises SQLAlchemy's `OperationalError` where the database can't be reached or written.
    """
    engine = _postgresql(url) if url.startswith("postgresql://") else _sqlite(url)
    migrate(engine)
    return engine


def _postgresql(url: str) -> Engine:
    """Connections that a restarted server has closed are replaced before they are used."""
    driver = url.replace("postgresql://", "postgresql+psycopg://", 1)
    return create_engine(driver, pool_pre_ping=True, hide_parameters=True)


def _sqlite(url: str) -> Engine:
    arguments = {"timeout": _LOCK_TIMEOUT_S}
    engine = create_engine(url, connect_args=arguments, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Readers never wait for a writer, what is committed survives a power cut, and what is deleted
    is overwritten."""
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")

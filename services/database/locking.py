"""One process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

TABLES_LOCK = 0x66696C6F6E01
"""PostgreSQL's advisory lock of whoever makes, changes or empties tables."""
PROJECTOR_LOCK = 0x66696C6F6E02
"""That of the projector that keeps the read models."""


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other process's `alone` overlaps: for making and changing tables."""
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TABLES_LOCK})")
        yield connection

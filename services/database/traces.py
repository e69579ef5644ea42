"""Erasing what deleted rows leave in the database's files.

Whoever deletes words about a person notes it in the same transaction; the projector erases again
and again until nothing is noted, however long somebody reads beside.
"""

from uuid import uuid4

from sqlalchemy import Column, Connection, Engine, MetaData, Table, Text, delete, insert, text
from sqlalchemy.exc import OperationalError

metadata = MetaData()
traces = Table(
    "traces",
    metadata,
    Column("id", Text, primary_key=True),
    Column("table_name", Text, nullable=False),
)

_CHECKPOINT_WAIT_MS = 100
"""While SQLite waits for readers, nobody can write."""
_VACUUM_WAIT_MS = 500
"""While PostgreSQL waits for readers of a table, later ones wait behind it."""
_OVER_FOR_ALL = text(
    "SELECT id, table_name FROM traces WHERE NOT EXISTS (SELECT FROM pg_stat_activity AS other"
    " WHERE other.datname = current_database() AND other.pid <> pg_backend_pid()"
    " AND age(other.backend_xmin) >= age(traces.xmin))"
)
"""The deletions that no transaction under way may still look behind."""


def note(connection: Connection, table: Table) -> None:
    """Words were deleted from `table` in this transaction."""
    connection.execute(insert(traces).values(id=uuid4().hex, table_name=table.name))


def erase(engine: Engine) -> bool:
    """Overwrites what is noted, as far as readers allow; whether nothing is left."""
    with engine.connect() as connection:
        noted = connection.execute(traces.select()).all()
    if not noted:
        return True
    if engine.dialect.name == "postgresql":
        done = _rewritten(engine)
    else:
        done = [row.id for row in noted] if _emptied_log(engine) else []
    with engine.begin() as connection:
        connection.execute(delete(traces).where(traces.c.id.in_(done)))
    return len(done) == len(noted)


def _emptied_log(engine: Engine) -> bool:
    """Whether SQLite's write-ahead log could be emptied: not while somebody reads what is older."""
    with engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={_CHECKPOINT_WAIT_MS}")
        busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        connection.exec_driver_sql("PRAGMA busy_timeout=30000")
    return not busy


def _rewritten(engine: Engine) -> list[str]:
    """The notes whose tables were written anew: a plain VACUUM leaves the bytes in their pages."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        noted = connection.execute(_OVER_FOR_ALL).all()
        connection.exec_driver_sql(f"SET lock_timeout = {_VACUUM_WAIT_MS}")
        try:
            done = {name for name in {row.table_name for row in noted} if _vacuum(connection, name)}
        finally:
            connection.exec_driver_sql("RESET lock_timeout")
    return [row.id for row in noted if row.table_name in done]


def _vacuum(connection: Connection, table: str) -> bool:
    """Whether nobody held the table for longer than we wait."""
    quoted = connection.dialect.identifier_preparer.quote_identifier(table)
    try:
        connection.exec_driver_sql(f"VACUUM FULL {quoted}")
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
            return False
        raise
    return True


_LOCK_NOT_AVAILABLE = "55P03"

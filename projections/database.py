"""The database of the read models: SQLite in `FILON_HOME`, or PostgreSQL."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from projections.settings import DatabaseSettings

metadata = MetaData()

campaigns = Table(
    "campaigns",
    metadata,
    Column("org", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("created_at", Text, nullable=False),
    Column("view", Text, nullable=False),
)
prospects = Table(
    "prospects",
    metadata,
    Column("org", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("campaign_id", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("score", Integer),
    Column("name", Text, nullable=False),
    Column("found_at", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("view", Text, nullable=False),
)
Index("prospects_by_found", prospects.c.org, prospects.c.campaign_id, prospects.c.found_at)
Index("prospects_by_score", prospects.c.org, prospects.c.campaign_id, prospects.c.score)
agents = Table(
    "agents",
    metadata,
    Column("org", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("campaign_id", Text, nullable=False),
    Column("view", Text, nullable=False),
)
positions = Table(
    "positions",
    metadata,
    Column("name", Text, primary_key=True),
    Column("epoch", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
)

READ_MODELS = (campaigns, prospects, agents)


def engine_from_env() -> Engine:
    """The database that the settings name; raises `UnusableSetting`."""
    settings = DatabaseSettings.load()
    if settings.database_url is None:
        settings.folder()
    return open_engine(settings.url)


def open_engine(url: str) -> Engine:
    """The engine, with the read models' tables in place."""
    if url.startswith("postgresql://"):
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    else:
        engine = create_engine(url, connect_args={"timeout": 30})
        event.listen(engine, "connect", _prepare_sqlite)
    create_tables(engine, metadata)
    return engine


def create_tables(engine: Engine, metadata: MetaData) -> None:
    """Those that are missing; several processes may do so at once."""
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
            for index in table.indexes:
                connection.execute(CreateIndex(index, if_not_exists=True))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Readers never wait for the projector, what is committed survives a power cut, and what is
    deleted is overwritten."""
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def leave_no_trace(engine: Engine) -> None:
    """Empties SQLite's write-ahead log, where erased rows would stay readable; while somebody holds
    the database for longer than a second, it stays until the next time."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=1000")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
        connection.exec_driver_sql("PRAGMA busy_timeout=30000")


def upsert(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Inserts each row, or replaces the one with its primary key."""
    rows = list(rows)
    if not rows:
        return
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table)
    keys = [column.name for column in table.primary_key]
    others = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=others), rows)

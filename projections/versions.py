"""Which shape the read models have: they are thrown away and folded anew when it changes.

A read model's version is a number, raised by hand when its fold or what its view holds changes,
and a digest of its table's definition. They share one position, so they start over together; who
asks meanwhile is told to come back. (A rebuild beside the old one, without a pause, is to come.)
"""

import hashlib

from sqlalchemy import Column, Connection, Engine, MetaData, Table, Text, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateIndex, CreateTable

from projections import agents, campaigns, prospects, tables
from services.database import alone

_FOLDS = {
    tables.campaigns: campaigns.VERSION,
    tables.prospects: prospects.VERSION,
    tables.agents: agents.VERSION,
    tables.positions: 1,
}
_metadata = MetaData()
_read_models = Table(
    "read_models",
    _metadata,
    Column("name", Text, primary_key=True),
    Column("version", Text, nullable=False),
)


def prepare(engine: Engine) -> bool:
    """Makes the tables where they are missing or of another version; whether it did."""
    with alone(engine) as connection:
        _metadata.create_all(connection)
        if stored(connection) == current():
            return False
        make_anew(connection)
        return True


def make_anew(connection: Connection) -> None:
    """Empty tables of this version, and no position; inside `alone`."""
    for table in tables.READ_MODELS:
        table.drop(connection, checkfirst=True)
    tables.metadata.create_all(connection)
    if connection.dialect.name == "postgresql":
        for column in tables.UNSAMPLED:
            change = f"ALTER TABLE {column.table.name} ALTER COLUMN {column.name} SET STATISTICS 0"
            connection.exec_driver_sql(change)
    _metadata.create_all(connection)
    connection.execute(_read_models.delete())
    rows = [{"name": name, "version": version} for name, version in current().items()]
    connection.execute(insert(_read_models), rows)


def are_current(engine: Engine) -> bool:
    """Whether the tables are there, and as this version asks them."""
    try:
        with engine.connect() as connection:
            return stored(connection) == current()
    except SQLAlchemyError:  # not there, or nobody answers: either way they can't be asked
        return False


def current() -> dict[str, str]:
    """Table → version, as this code folds it."""
    return {table.name: f"{fold}-{_digest(table)}" for table, fold in _FOLDS.items()}


def stored(connection: Connection) -> dict[str, str]:
    """Table → version, as the database holds it."""
    rows = connection.execute(select(_read_models.c.name, _read_models.c.version))
    return {row.name: row.version for row in rows}


def _digest(table: Table) -> str:
    indexes = sorted(str(CreateIndex(index)) for index in table.indexes)
    definition = "\n".join((str(CreateTable(table)), *indexes))
    return hashlib.sha256(definition.encode()).hexdigest()[:12]

"""What an erased row leaves in the database's files goes as well, however slow a reader is."""

import asyncio

import pytest
from sqlalchemy import Connection, Engine

from events.prospect import ProspectErased
from projections.positions import clear
from projections.queries import ProspectQuery, ReadModels
from projections.unit_of_work import UnitOfWork
from services.database import open_engine, traces
from services.log import Log
from services.prospecting.handlers import erasing
from services.prospecting.handlers.finding import Campaigned, find
from tests.database_files import in_files
from tests.integration.projections.test_projector import caught_up, projecting, read_models
from tests.integration.prospecting.conftest import campaign, log, person
from tests.integration.prospecting.test_finding import findings

__all__ = ["campaign", "log", "read_models"]

ERASED, KEPT = b"imaginaire-1.example", b"imaginaire-2.example"


async def erase_the_first(campaign: Campaigned, log: Log, read_models: ReadModels) -> None:
    (erased,) = read_models.prospects("acme", ProspectQuery(q="imaginaire-1.example")).items
    await erasing.erase(log, person(), campaign.identity, campaign.id, erased.id)
    await caught_up(read_models, log)


async def until_nothing_is_noted(engine: Engine) -> None:
    async with asyncio.timeout(150):
        while not await asyncio.to_thread(nothing_noted, engine):  # noqa: ASYNC110  # no event
            await asyncio.sleep(0.01)


def nothing_noted(engine: Engine) -> bool:
    with engine.connect() as connection:
        return connection.execute(traces.traces.select()).first() is None


def analysed(engine: Engine) -> None:
    """As PostgreSQL does by itself now and then."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE prospects")


async def test_erased_is_gone_from_the_database_files_too(
    campaign: Campaigned, log: Log, read_models: ReadModels, engine: Engine
) -> None:
    await find(person(), campaign, findings(40))
    await caught_up(read_models, log)
    await asyncio.to_thread(analysed, engine)
    assert ERASED in in_files(engine, "prospects")
    await erase_the_first(campaign, log, read_models)
    await until_nothing_is_noted(engine)
    left = in_files(engine, "prospects")
    assert ERASED not in left and KEPT in left


async def test_a_slow_reader_only_delays_it(
    campaign: Campaigned, log: Log, read_models: ReadModels, engine: Engine
) -> None:
    await find(person(), campaign, findings(40))
    await caught_up(read_models, log)
    with engine.connect() as reader:
        looks_at_what_is_now(reader)
        await erase_the_first(campaign, log, read_models)
        assert not await asyncio.to_thread(traces.erase, engine)
        assert not await asyncio.to_thread(nothing_noted, engine)
        assert ERASED in in_files(engine, "prospects")
    await until_nothing_is_noted(engine)
    assert ERASED not in in_files(engine, "prospects")


async def test_a_rebuild_has_nothing_to_erase(
    campaign: Campaigned, log: Log, engine: Engine
) -> None:
    """On PostgreSQL it would write the table anew for every erasure that there ever was."""
    await find(person(), campaign, findings(40))
    async with projecting(log, engine) as read_models:
        await caught_up(read_models, log)
        await erase_the_first(campaign, log, read_models)
        await until_nothing_is_noted(engine)
    await asyncio.to_thread(clear, engine, "rebuilt")
    last = (await log.head()).last
    batches = [batch async for batch in log.follow(0, until=last)]
    events = [event for batch in batches for event in batch.events]
    assert any(isinstance(event.fact, ProspectErased) for event in events)
    with engine.begin() as connection:
        unit = UnitOfWork(connection)
        unit.work(events)
    assert not unit.deleted


def looks_at_what_is_now(reader: Connection) -> None:
    """In a transaction that sees the same until it ends."""
    if reader.dialect.name == "postgresql":
        reader.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    else:
        reader.exec_driver_sql("BEGIN")
    reader.exec_driver_sql("SELECT count(*) FROM prospects").all()


@pytest.mark.postgres
def test_a_plain_vacuum_would_not_do(postgres_url: str) -> None:
    """Should a PostgreSQL come where it does, `VACUUM FULL`, which locks, is no longer needed."""
    engine = open_engine(postgres_url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in (
            "CREATE TABLE prospects (name text)",
            "INSERT INTO prospects VALUES ('imaginaire-2.example'), ('imaginaire-1.example')",
            "DELETE FROM prospects WHERE name = 'imaginaire-1.example'",
            "VACUUM prospects",
        ):
            connection.exec_driver_sql(statement)
    assert ERASED in in_files(engine, "prospects")
    engine.dispose()

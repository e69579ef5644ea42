"""Which log the read models came from: a new epoch starts them over, a lost log is refused."""

import asyncio
import os
import subprocess
import sys

import pytest
from sqlalchemy import Engine

from projections import versions
from projections.positions import ForeignLog, Position, begin, clear, stored
from projections.queries import ReadModels, ReadModelsNotBuilt
from services.log import Head, Log
from services.log.jetstream import stream
from services.prospecting.handlers.finding import Campaigned, find
from tests.integration.projections.test_projector import caught_up, projecting, read_models
from tests.integration.prospecting.conftest import campaign, log, person
from tests.integration.prospecting.test_finding import findings

__all__ = ["campaign", "log", "read_models"]


def test_a_position_beyond_a_head_that_was_read_before_is_no_reason_to_start_over(
    engine: Engine,
) -> None:
    clear(engine, "first")
    assert begin(engine, Position("first", 10), Head("first", 0, 10)) == ("first", 10)
    assert begin(engine, Position("first", 10), Head("first", 0, 500)) == ("first", 10)


def test_another_epoch_starts_over(engine: Engine) -> None:
    clear(engine, "first")
    assert begin(engine, Position("first", 10), Head("restored", 0, 8)) == ("restored", 0)
    assert stored(engine) == ("restored", 0)


@pytest.mark.parametrize(
    "head", [Head("first", 0, 99), Head("other", 0, 0), Head("other", 0, 49)], ids=str
)
def test_a_log_that_lacks_what_the_read_models_hold_is_refused_and_both_sides_are_told(
    engine: Engine, head: Head
) -> None:
    clear(engine, "first")
    with pytest.raises(ForeignLog) as refused:
        begin(engine, Position("first", 100), head)
    assert refused.value.params == {"held": "first/100", "found": f"{head.epoch}/{head.last}"}
    assert stored(engine) == ("first", 0)  # as it was


async def test_a_running_projector_starts_over_when_the_log_begins_a_new_epoch(
    campaign: Campaigned, log: Log, read_models: ReadModels, engine: Engine
) -> None:
    await find(person(), campaign, findings(20))
    await caught_up(read_models, log)
    epoch = await stream.start_epoch(log.nc, log.stream)
    while (at := await asyncio.to_thread(stored, engine)) is None or at.epoch != epoch:  # noqa: ASYNC110  # no event
        await asyncio.sleep(0.01)
    await caught_up(read_models, log)
    view = read_models.campaign("acme", campaign.id)
    assert view is not None and view.metrics.prospects_found == 20


async def test_the_process_says_which_logs_differ_and_asks_for_no_restart(
    log: Log, nats_url: str, engine: Engine, database_url: str
) -> None:
    clear(engine, "lost")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE positions SET sequence = 1000")
    environ = {**os.environ, "FILON_NATS_URL": nats_url, "FILON_DATABASE_URL": database_url}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.cli", "projector", env=environ, stderr=subprocess.PIPE
    )
    _, told = await process.communicate()
    assert process.returncode == os.EX_CONFIG
    assert b"lost/1000" in told and b"filon rebuild" in told
    assert await asyncio.to_thread(stored, engine) == ("lost", 1000)


async def test_an_older_shape_is_made_anew_and_says_so_meanwhile(
    campaign: Campaigned, log: Log, engine: Engine
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE campaigns (org TEXT, id TEXT, view TEXT)")
        connection.exec_driver_sql("CREATE TABLE positions (name TEXT, epoch TEXT, sequence INT)")
        connection.exec_driver_sql("INSERT INTO positions VALUES ('read-models', 'x', 7)")
    asked = ReadModels(engine)
    with pytest.raises(ReadModelsNotBuilt):
        asked.campaigns("acme")
    assert asked.campaign("acme", campaign.id) is None
    async with projecting(log, engine) as running:
        await caught_up(running, log)
    assert [view.id for view in asked.campaigns("acme")] == [campaign.id]


def test_what_a_newer_projector_made_anew_is_told_apart_from_a_fault(engine: Engine) -> None:
    versions.prepare(engine)
    asked = ReadModels(engine)
    assert asked.campaigns("acme") == []
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE read_models SET version = 'newer'")
        connection.exec_driver_sql("ALTER TABLE campaigns DROP COLUMN view")
    with pytest.raises(ReadModelsNotBuilt):
        asked.campaigns("acme")
    assert versions.prepare(engine) and not versions.prepare(engine)
    assert asked.campaigns("acme") == []

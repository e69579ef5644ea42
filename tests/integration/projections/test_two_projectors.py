"""Two projectors beside each other: one works, the other waits, and nothing is wiped."""

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import AsyncExitStack, suppress

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from projections import lease, versions
from projections.queries import ProspectQuery, ReadModels
from projections.rebuild import rebuild
from services.database import open_engine
from services.log import Log
from services.prospecting.handlers.finding import Campaigned, find
from tests.integration.projections.test_projector import caught_up, projecting
from tests.integration.prospecting.conftest import campaign, log, person
from tests.integration.prospecting.test_finding import findings

__all__ = ["campaign", "log"]


async def test_both_may_meet_an_empty_database(log: Log, database_url: str) -> None:
    engines = [open_engine(database_url) for _ in range(4)]
    async with asyncio.TaskGroup() as group:
        for engine in engines:
            group.create_task(asyncio.to_thread(versions.prepare, engine))
    for engine in engines:
        engine.dispose()


async def test_one_keeps_the_read_models_and_the_next_takes_over_when_it_ends(
    campaign: Campaigned, log: Log, engine: Engine
) -> None:
    taken = asyncio.Event()
    async with AsyncExitStack() as first:
        read_models = await first.enter_async_context(projecting(log, engine))
        await caught_up(read_models, log)
        second = asyncio.create_task(_hold(engine, taken))
        await find(person(), campaign, findings(50))
        await caught_up(read_models, log)
        assert not taken.is_set()
    await taken.wait()
    second.cancel()
    with suppress(asyncio.CancelledError):
        await second
    assert len(read_models.prospects("acme", ProspectQuery()).items) == 50


async def _hold(engine: Engine, taken: asyncio.Event) -> None:
    async with lease.held(engine):
        taken.set()
        await asyncio.Event().wait()


async def test_who_waits_for_the_lease_may_give_up(engine: Engine) -> None:
    async with lease.held(engine):
        waiting = asyncio.create_task(_hold(engine, asyncio.Event()))
        await asyncio.sleep(0)
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting
    async with lease.held(engine):
        pass


async def test_a_killed_process_leaves_its_place_to_the_one_that_waits(
    campaign: Campaigned, log: Log, nats_url: str, database_url: str, engine: Engine
) -> None:
    read_models = ReadModels(engine)
    environ = {**os.environ, "FILON_NATS_URL": nats_url, "FILON_DATABASE_URL": database_url}
    command = (sys.executable, "-m", "services.cli", "projector")
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environ, stderr=quiet) as process:  # noqa: ASYNC220  # killed
        await caught_up(read_models, log)
        async with projecting(log, engine):
            await find(person(), campaign, findings(20))
            await caught_up(read_models, log)
            process.send_signal(signal.SIGKILL)
            await find(person(), campaign, findings(60))
            await caught_up(read_models, log)
    view = read_models.campaign("acme", campaign.id)
    assert view is not None and view.metrics.prospects_found == 60


@pytest.mark.postgres
async def test_a_lease_that_was_lost_is_noticed(postgres_url: str) -> None:
    """A file's lock, SQLite's, can't be lost."""
    engine = open_engine(postgres_url)
    async with lease.held(engine) as check:
        await check()
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            )
        with pytest.raises(OperationalError):
            await check()
    engine.dispose()


async def test_a_rebuild_beside_a_busy_projector_ends_with_everything(
    campaign: Campaigned, log: Log, engine: Engine
) -> None:
    async with projecting(log, engine) as read_models:
        for number in range(1, 6):
            await find(person(), campaign, findings(40 * number))
            await rebuild(log, engine)
        await caught_up(read_models, log)
    view = read_models.campaign("acme", campaign.id)
    assert view is not None and view.metrics.prospects_found == 200

"""Processes killed in the middle: no prospect lost, none scored twice."""

import asyncio
from pathlib import Path

import pytest

from events.agent import ActivityReported
from events.campaign import CampaignCompleted
from events.prospect import ProspectFound, ProspectScored
from services.agents.desk import queue_of
from tests.integration.agents.stage import ORG, QUICK, Stage, facts, per_prospect
from tests.nats_servers import NatsServer


async def test_a_worker_killed_in_the_middle_loses_nothing(stage: Stage, tmp_path: Path) -> None:
    id = await stage.campaign("csv", companies=100)
    with stage.worker_process(tmp_path / "a") as first, stage.worker_process(tmp_path / "b"):
        await stage.start(id)
        await stage.until(ProspectScored, 30)
        first.kill()
        events = await stage.until(CampaignCompleted)
    found = per_prospect(events, ProspectFound)
    assert len(found) == 100
    assert per_prospect(events, ProspectScored) == found


async def test_a_nats_server_killed_in_the_middle_loses_nothing(
    stage: Stage, nats_server: NatsServer
) -> None:
    stage.settings = QUICK.model_copy(
        update={"ack_wait": 2}
    )  # after which what the server forgot comes back
    async with stage.gated() as gate:
        await stage.start(await stage.campaign("csv", companies=60))
        gate.let(20)
        await stage.until(ProspectScored, 20)
        nats_server.kill9()
        nats_server.restart()
        gate.open()
        events = await stage.until(CampaignCompleted)
    found = per_prospect(events, ProspectFound)
    assert len(found) == 60
    assert per_prospect(events, ProspectScored) == found


async def test_a_queue_that_somebody_deletes_comes_back(stage: Stage) -> None:
    async with stage.gated() as gate:
        id = await stage.campaign("csv", companies=60)
        await stage.start(id)
        gate.let(10)
        await stage.until(ProspectScored, 10)
        queue = queue_of((ORG, id)).name
        await stage.log.nc.jetstream().delete_consumer("FILON", queue)
        gate.open()
        events = await stage.until(CampaignCompleted)
    assert per_prospect(events, ProspectScored) == per_prospect(events, ProspectFound)


async def test_a_worker_told_to_stop_ends_what_is_under_way(stage: Stage, tmp_path: Path) -> None:
    id = await stage.campaign("csv", companies=60)
    with stage.worker_process(tmp_path / "a") as worker:
        await stage.start(id)
        await stage.until(ProspectScored, 10)
        worker.terminate()
        assert await asyncio.to_thread(worker.wait, 150) == 0
    events = await stage.history()
    begun = {f.prospect_id for f in facts(events, ActivityReported) if f.prospect_id}
    assert begun == {scored.prospect.id for scored in facts(events, ProspectScored)}
    async with stage.working():
        events = await stage.until(CampaignCompleted)
    assert per_prospect(events, ProspectScored) == per_prospect(events, ProspectFound)


@pytest.mark.parametrize("noticed", [True, False])
async def test_a_worker_can_be_told_to_stop_while_nats_is_away(
    stage: Stage, nats_server: NatsServer, noticed: bool
) -> None:
    async with stage.working() as broker:
        nats_server.kill9()
        while noticed and broker.connection.is_connected:  # noqa: ASYNC110  # it tells nobody
            await asyncio.sleep(0.01)
    nats_server.restart()

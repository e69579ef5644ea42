"""Pausing and stopping: what is under way is finished, nothing more is begun, nothing is lost."""

import asyncio

from events.campaign import CampaignCompleted
from events.prospect import ProspectFound, ProspectScored
from services.agents.standing import FRESH_S
from services.prospecting.handlers import agents, campaigns
from tests.integration.agents.stage import QUICK, Gate, Stage, facts, per_prospect

UNDER_WAY = QUICK.concurrency


async def _let_what_is_under_way_end(stage: Stage, gate: Gate) -> int:
    """How many were scored, once nobody remembers that there was work to do."""
    await asyncio.sleep(FRESH_S)  # no race: after so long a worker has forgotten what it knew
    gate.let(1000)
    await stage.idle()
    return len(facts(await stage.history(), ProspectScored))


async def test_a_pause_stops_the_work_and_a_resume_completes_it(stage: Stage) -> None:
    async with stage.gated() as gate:
        id = await stage.campaign("csv", companies=60)
        await stage.start(id)
        gate.let(4)
        await stage.until(ProspectScored, 4)
        await campaigns.pause(stage.log, stage.person(), id)
        assert 4 <= await _let_what_is_under_way_end(stage, gate) <= 4 + UNDER_WAY
        await campaigns.resume(stage.log, stage.person(), id)
        events = await stage.until(CampaignCompleted)
    assert per_prospect(events, ProspectScored) == per_prospect(events, ProspectFound)


async def test_a_stopped_qualifier_works_again_when_it_is_started(stage: Stage) -> None:
    async with stage.gated() as gate:
        id = await stage.campaign("csv", companies=40)
        await stage.start(id)
        gate.let(2)
        await stage.until(ProspectScored, 2)
        await agents.stop(stage.log, stage.person(), f"qualifier-{id}")
        assert 2 <= await _let_what_is_under_way_end(stage, gate) <= 2 + UNDER_WAY
        await agents.start(stage.log, stage.person(), f"qualifier-{id}")
        events = await stage.until(CampaignCompleted)
    assert per_prospect(events, ProspectScored) == per_prospect(events, ProspectFound)


async def test_a_cancelled_campaign_is_left_alone(stage: Stage) -> None:
    async with stage.gated() as gate:
        id = await stage.campaign("csv", companies=40)
        await stage.start(id)
        gate.let(2)
        await stage.until(ProspectScored, 2)
        await campaigns.cancel(stage.log, stage.person(), id)
        assert 2 <= await _let_what_is_under_way_end(stage, gate) <= 2 + UNDER_WAY
        assert not facts(await stage.history(), CampaignCompleted)

"""Pausing and stopping: work ends at once, and goes on without loss."""

import json

from events.campaign import CampaignCompleted, CampaignPaused
from events.prospect import ProspectFound, ProspectScored
from services.agents.models.offline import assess
from services.prospecting.handlers import agents, campaigns
from tests.integration.agents.stage import Scripted, Stage, facts, per_prospect

SLOW = Scripted(lambda document: json.dumps(assess(document)), pace=0.1)


async def test_a_pause_stops_the_work_and_a_resume_completes_it(stage: Stage) -> None:
    async with stage.working(SLOW):
        id = await stage.campaign("csv", companies=60)
        await stage.start(id)
        await stage.until(ProspectScored, 4)
        await campaigns.pause(stage.log, stage.person(), id)
        await stage.idle()
        events = await stage.history()
        assert 4 <= len(facts(events, ProspectScored)) < 60
        paused = next(event.at for event in events if isinstance(event.fact, CampaignPaused))
        late = [e.at for e in events if isinstance(e.fact, ProspectScored) and e.at > paused]
        assert len(late) < 40
        await campaigns.resume(stage.log, stage.person(), id)
        events = await stage.until(CampaignCompleted)
    assert per_prospect(events, ProspectScored) == per_prospect(events, ProspectFound)


async def test_a_stopped_qualifier_works_again_when_it_is_started(stage: Stage) -> None:
    async with stage.working(SLOW):
        id = await stage.campaign("csv", companies=40)
        await stage.start(id)
        await stage.until(ProspectScored, 2)
        await agents.stop(stage.log, stage.person(), f"qualifier-{id}")
        await stage.idle()
        assert len(facts(await stage.history(), ProspectScored)) < 40
        await agents.start(stage.log, stage.person(), f"qualifier-{id}")
        events = await stage.until(CampaignCompleted)
    assert per_prospect(events, ProspectScored) == per_prospect(events, ProspectFound)


async def test_a_cancelled_campaign_is_left_alone(stage: Stage) -> None:
    async with stage.working(SLOW):
        id = await stage.campaign("csv", companies=40)
        await stage.start(id)
        await stage.until(ProspectScored, 2)
        await campaigns.cancel(stage.log, stage.person(), id)
        await stage.idle()
        events = await stage.history()
    assert len(facts(events, ProspectScored)) < 40
    assert not facts(events, CampaignCompleted)

"""Who is worked on next: everybody in turn; and what rests costs nothing."""

from events.agent import ActivityReported
from events.campaign import CampaignCompleted
from events.fact import Event
from events.prospect import ProspectAssigned, ProspectFound, ProspectScored
from services.agents import desk
from services.agents.campaign_progress import CampaignsInProgress
from services.agents.queues import STREAM
from services.prospecting.handlers import agents, campaigns
from tests.integration.agents.stage import ORG, QUICK, Stage, facts, per_prospect


def scored_of(events: list[Event], campaign_id: str) -> int:
    return sum(f"/{campaign_id}/" in id for id in per_prospect(events, ProspectScored).elements())


async def test_a_small_campaign_does_not_wait_behind_a_large_one(stage: Stage) -> None:
    async with stage.gated() as gate:
        large = await stage.campaign("csv", companies=300)
        small = await stage.campaign("csv", companies=10)
        await stage.start(large)
        gate.let(10)
        await stage.until(ProspectScored, 10)
        await stage.start(small)
        gate.let(2 * QUICK.concurrency + 30)
        events = await stage.until(CampaignCompleted)
        assert scored_of(events, small) == 10
        assert scored_of(events, large) < 60


async def test_what_rests_is_not_asked_for_work_and_a_resume_writes_one_fact(
    stage: Stage,
) -> None:
    async with stage.gated() as gate:
        resting = await stage.campaign("csv", companies=40)
        await stage.start(resting)
        gate.let(5)
        await stage.until(ProspectScored, 5)
        await campaigns.pause(stage.log, stage.person(), resting)
        gate.let(QUICK.concurrency)
        await stage.idle()
        before = (await stage.log.head()).last
        await stage.start(await stage.campaign("csv", companies=5))
        gate.open()
        events = await stage.until(CampaignCompleted)
        assert not [e for e in events if e.sequence > before and f"/{resting}/" in e.originator_id]
        qualifier = f"qualifier-{resting}"
        await agents.stop(stage.log, stage.person(), qualifier)
        await campaigns.resume(stage.log, stage.person(), resting)
        await agents.start(stage.log, stage.person(), qualifier)
        events = await stage.until(CampaignCompleted, 2)
    assert facts(events, ProspectAssigned) == []
    assert per_prospect(events, ProspectScored) == per_prospect(events, ProspectFound)
    begun = [f for f in facts(events, ActivityReported) if f.code == "activity.scoring"]
    assert len(begun) == 45


async def test_organisations_take_turns_and_so_do_the_campaigns_of_each(stage: Stage) -> None:
    progress = CampaignsInProgress()
    fair = desk.Desk(stage.log, progress, QUICK)
    a, b, c = ("acme", "c-1"), ("acme", "c-2"), ("beta", "c-3")
    order = []
    for _ in range(8):
        order.append(fair.most_patient({a, b, c}))
        fair.note_served(order[-1])
    assert order == [a, c, b, c, a, c, b, c]


async def test_the_queue_of_a_campaign_that_ended_is_removed(stage: Stage) -> None:
    progress = CampaignsInProgress()
    async with stage.working():
        id = await stage.campaign("csv", companies=2)
        await stage.start(id)
        await stage.until(CampaignCompleted)
    js = stage.log.nc.jetstream()
    name = desk.queue_of((ORG, id)).name
    assert name in {info.name for info in await js.consumers_info(STREAM)}
    await desk.remove_all_but(js, progress.campaigns.keys())
    assert name not in {info.name for info in await js.consumers_info(STREAM)}

"""Scored again when more is known or something else is asked: for nothing, and only who differs."""

from events.agent import ModelCalled
from events.campaign import CampaignCompleted
from events.company import Contact
from events.fact import Event
from events.prospect import ProspectAssigned, ProspectFound, ProspectQualified, ProspectScored
from events.targeting import Targeting
from services.prospecting.commands import ChangeCampaign
from services.prospecting.handlers import campaigns, prospects
from tests.integration.agents.stage import SOFTWARE, Scripted, Stage, company, facts, per_prospect


def last_scores(events: list[Event]) -> dict[str, ProspectScored]:
    return {e.originator_id: e.fact for e in events if isinstance(e.fact, ProspectScored)}


async def test_a_changed_targeting_scores_again_without_a_model(stage: Stage) -> None:
    async with stage.working():
        id = await stage.campaign("csv", "companies", companies=5)
        await stage.start(id)
        before = await stage.until(ProspectScored, 5)
        bakers = ChangeCampaign(targeting=Targeting(activities=("10.71C",)))
        await campaigns.change(stage.log, stage.person(), id, bakers)
        events = await stage.until(ProspectScored, 10)
    assert all(not score.first for score in facts(events, ProspectScored)[5:])
    for address, score in last_scores(events).items():
        assert score.score < last_scores(before)[address].score
        assert {item.field for item in score.evidence} >= {"activity", "phone"}
    assert len(facts(events, ModelCalled)) == 5


async def test_a_changed_threshold_qualifies_or_no_longer_does(stage: Stage) -> None:
    async with stage.working():
        id = await stage.campaign("csv", "companies", companies=3)
        await stage.start(id)
        await stage.until(ProspectQualified, 3)
        await campaigns.change(stage.log, stage.person(), id, ChangeCampaign(threshold=100))
        events = await stage.until(ProspectScored, 6)
        again = facts(events, ProspectScored)[3:]
        assert {score.prospect.status for score in again} == {"scored"}
        await campaigns.change(stage.log, stage.person(), id, ChangeCampaign(threshold=10))
        events = await stage.until(ProspectQualified, 6)
        await campaigns.change(stage.log, stage.person(), id, ChangeCampaign(name="Autumn"))
        await stage.idle("rescorer")
    assert len(facts(await stage.history(), ProspectScored)) == 6


async def test_what_a_later_list_adds_is_scored_again(stage: Stage) -> None:
    targeting = SOFTWARE.model_copy(update={"job_titles": ("directeur technique",)})
    async with stage.working():
        id = await stage.campaign("csv", "companies", companies=2, targeting=targeting)
        await stage.start(id)
        await stage.until(ProspectScored, 2)
        other = Contact(name="Grace", title="Directeur technique", email="g@atelier-0.example")
        await stage.bring(id, [company(0).model_copy(update={"contacts": (other,)})])
        events = await stage.until(ProspectScored, 3)
    first, *_, again = [
        score for score in facts(events, ProspectScored) if score.prospect.company == "Atelier 0"
    ]
    assert again.score > first.score and not again.first
    (role,) = [factor for factor in again.prospect.factors if factor.rule == "role"]
    assert role.params == {"title": "Directeur technique", "contact": "Grace"}


async def test_a_first_criterion_scores_those_who_were_found_without_any(stage: Stage) -> None:
    async with stage.working():
        id = await stage.campaign("csv", "companies", companies=4, targeting=Targeting())
        await stage.start(id)
        await stage.idle()
        assert not facts(await stage.history(), ProspectScored)
        await campaigns.change(stage.log, stage.person(), id, ChangeCampaign(targeting=SOFTWARE))
        events = await stage.until(ProspectScored, 4)
    assert per_prospect(events, ProspectScored) == per_prospect(events, ProspectFound)


async def test_all_that_failed_for_one_reason_are_retried_at_once(stage: Stage) -> None:
    words = ["I can't."]
    async with stage.working(Scripted(lambda document: words[0])):
        id = await stage.campaign("csv", companies=4)
        await stage.start(id)
        await stage.until_told("activity.all-failed", 1)
        person = stage.person()
        assert await prospects.retry_failed(stage.log, person, id, "failure.other") == 0
        words[0] = '{"facts": []}'
        assert await prospects.retry_failed(stage.log, stage.person(), id, "failure.model") == 4
        events = await stage.until(CampaignCompleted)
    assert per_prospect(events, ProspectScored) == per_prospect(events, ProspectFound)
    assert len([f for f in facts(events, ProspectAssigned) if f.reason == "retried"]) == 4

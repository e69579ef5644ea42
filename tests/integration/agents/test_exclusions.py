"""What a person excludes while it waits is not scored any more."""

from events.campaign import CampaignCompleted
from events.prospect import ProspectFailed, ProspectScored
from services.prospecting.commands import ChangeCampaign
from services.prospecting.handlers import campaigns, prospects
from tests.integration.agents.stage import Stage, company, facts, per_prospect


async def test_who_is_excluded_later_is_not_scored_but_seen_to_be_left_out(stage: Stage) -> None:
    id = await stage.campaign("csv", companies=4)
    excluded = {"activities": ["62.01Z"], "excludeDomains": ["atelier-2.example"]}
    await _target(stage, id, excluded)
    async with stage.working():
        await stage.start(id)
        events = await stage.until(CampaignCompleted)
        (failed,) = facts(events, ProspectFailed)
        assert (failed.prospect.company, failed.code) == (company(2).name, "failure.excluded")
        assert len(per_prospect(events, ProspectScored)) == 3
        (completed,) = facts(events, CampaignCompleted)
        assert (completed.scored, completed.failed) == (3, 1)
        await prospects.retry(stage.log, stage.person(), id, failed.prospect.id)
        events = await stage.until(ProspectFailed, 2)
    assert len(per_prospect(events, ProspectScored)) == 3, "it is still not wanted"


async def _target(stage: Stage, id: str, targeting: dict[str, list[str]]) -> None:
    change = ChangeCampaign.model_validate({"targeting": targeting})
    await campaigns.change(stage.log, stage.person(), id, change)

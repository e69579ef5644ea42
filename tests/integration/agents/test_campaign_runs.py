"""A campaign from its start to its completion, by CrewAI's own loop."""

import json

from events.agent import ActivityReported, AgentStopped, ModelCalled, SourceRead
from events.campaign import CampaignCompleted
from events.prospect import ProspectFound, ProspectScored
from events.targeting import Targeting
from services.agents.models.offline import ANSWERS
from tests.integration.agents.stage import Scripted, Stage, facts, per_prospect


async def test_the_sample_is_read_scored_and_completed(stage: Stage) -> None:
    async with stage.working():
        await stage.start(await stage.campaign("sample"))
        events = await stage.until(AgentStopped, 2)
    found = per_prospect(events, ProspectFound)
    assert len(found) > 150
    assert per_prospect(events, ProspectScored) == found
    (completed,) = facts(events, CampaignCompleted)
    assert (completed.found, completed.scored, completed.failed) == (len(found), len(found), 0)
    assert sum(read.found for read in facts(events, SourceRead)) == len(found)
    assert {scored.model for scored in facts(events, ProspectScored)} == {"offline"}


async def test_imported_prospects_are_scored_once_each_with_quoted_evidence(stage: Stage) -> None:
    async with stage.working():
        await stage.start(await stage.campaign("csv", companies=10))
        events = await stage.until(CampaignCompleted)
    scores = facts(events, ProspectScored)
    assert per_prospect(events, ProspectScored) == per_prospect(events, ProspectFound)
    assert len(scores) == 10
    for scored in scores:
        known = {item.field: item for item in scored.evidence}
        assert known["activity"].value == "62.01Z"
        assert known["activity"].quote == "Activité NAF : 62.01Z"
        assert known["headcountBand"].value == "12"
    assert len(facts(events, ModelCalled)) == 10
    assert "ada" not in "".join(f.model_dump_json() for f in facts(events, ActivityReported))


async def test_another_answer_of_the_model_gives_other_facts(stage: Stage) -> None:
    quote = {"field": "activity", "value": "62.01Z", "quote": "NAF : 62.01Z", "confidence": 0.5}
    answer = json.dumps({"facts": [quote]})
    async with stage.working(Scripted(lambda document: answer)):
        await stage.start(await stage.campaign("csv", companies=1))
        events = await stage.until(CampaignCompleted)
    (scored,) = facts(events, ProspectScored)
    (evidence,) = scored.evidence
    assert (evidence.quote, evidence.confidence) == ("NAF : 62.01Z", 0.5)
    assert scored.model == "scripted"
    (called,) = facts(events, ModelCalled)
    assert (called.prompt_tokens, called.completion_tokens) == (200, 20)


async def test_what_the_researcher_leaves_out_is_no_prospect(stage: Stage) -> None:
    def answer(document: str) -> str:
        said = ANSWERS["read_source_page" if document.startswith("[1]") else "read_company"]
        answered = said(document)
        return json.dumps({name: items[:7] for name, items in answered.items()})

    async with stage.working(Scripted(answer)):
        await stage.start(await stage.campaign("sample"))
        events = await stage.until(CampaignCompleted)
    pages = len(facts(events, SourceRead))
    assert pages < len(per_prospect(events, ProspectFound)) <= 7 * pages


async def test_no_more_prospects_are_found_than_the_targeting_asks_for(stage: Stage) -> None:
    async with stage.working():
        await stage.start(await stage.campaign("sample", targeting=Targeting(max_prospects=30)))
        events = await stage.until(CampaignCompleted)
    assert len(per_prospect(events, ProspectFound)) == 30

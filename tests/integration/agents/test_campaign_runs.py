"""A campaign from its start to its completion, by CrewAI's own loop."""

import json

from events.agent import ActivityReported, AgentStopped, ModelCalled, SourceRead
from events.campaign import CampaignCompleted
from events.prospect import ProspectFound, ProspectScored
from events.targeting import Targeting
from tests.integration.agents.stage import Scripted, Stage, company, facts, per_prospect


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
    assert {scored.model for scored in facts(events, ProspectScored)} <= {"", "offline"}


async def test_without_criteria_all_are_found_nobody_is_scored_and_it_completes(
    stage: Stage,
) -> None:
    nothing = Targeting(exclude_domains=("nobody.example",))
    async with stage.working():
        await stage.start(await stage.campaign("sample", targeting=nothing))
        events = await stage.until(CampaignCompleted)
    (completed,) = facts(events, CampaignCompleted)
    assert completed.found == len(per_prospect(events, ProspectFound)) > 150
    assert not facts(events, ProspectScored) + facts(events, ModelCalled)


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
        assert known["jobTitle"].person == "Ada"
        assert known["phone"].how == "llm"
    assert len(facts(events, ModelCalled)) == 10
    assert "ada" not in "".join(f.model_dump_json() for f in facts(events, ActivityReported))


async def test_what_a_model_adds_stands_beside_what_the_record_holds(stage: Stage) -> None:
    phone = {"field": "phone", "value": "01 99 00 12 34", "quote": "Accueil : 01 99 00 12 34"}
    answer = json.dumps({"facts": [{**phone, "confidence": 0.5}]})
    async with stage.working(Scripted(lambda document: answer)):
        await stage.start(await stage.campaign("csv", companies=1))
        events = await stage.until(CampaignCompleted)
    (scored,) = facts(events, ProspectScored)
    *record, read = scored.evidence
    assert {(item.how, item.confidence) for item in record} == {("import", 1)}
    assert (read.how, read.quote, read.confidence) == ("llm", "Accueil : 01 99 00 12 34", 0.5)
    assert scored.model == "scripted"
    (called,) = facts(events, ModelCalled)
    assert (called.prompt_tokens, called.completion_tokens) == (200, 20)


async def test_where_a_record_has_no_text_no_model_is_asked(stage: Stage) -> None:
    bare = company(1).model_copy(update={"text": ""})

    def never(document: str) -> str:
        raise AssertionError

    async with stage.working(Scripted(never)):
        await stage.start(await stage.campaign("csv", companies=[bare]))
        events = await stage.until(CampaignCompleted)
    scored = facts(events, ProspectScored)
    assert [score.model for score in scored] == [""]
    assert facts(events, ModelCalled) == []


async def test_no_more_prospects_are_found_than_the_targeting_asks_for(stage: Stage) -> None:
    async with stage.working():
        await stage.start(await stage.campaign("sample", targeting=Targeting(max_prospects=30)))
        events = await stage.until(CampaignCompleted)
    assert len(per_prospect(events, ProspectFound)) == 30

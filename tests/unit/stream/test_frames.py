"""What browsers are told of each fact."""

from datetime import UTC, datetime

from events.agent import ActivityReported, AgentFailed, AgentStarted, AgentStopped, PublicAgent
from events.campaign import CampaignCompleted, CampaignPaused, CampaignStarted
from events.company import Company, Contact
from events.prospect import (
    Factor,
    ProspectAssigned,
    ProspectErased,
    ProspectFailed,
    ProspectFound,
    ProspectMerged,
    ProspectQualified,
    ProspectScored,
    PublicProspect,
)
from services.edge.stream.frames import NAMES, Frame, Place, ShownFact, frame_of

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
BAKERY = Company(
    name="Boulangerie Imaginaire",
    siren="732829320",
    contacts=(Contact(name="Ada Levain", title="Gérante", email="ada@imaginaire.example"),),
)
FACTOR = Factor(
    rule="activity", points=30, max=30, code="score.activity.match", params={"activity": "10.71C"}
)
PROSPECT = PublicProspect.of(
    BAKERY,
    id="p1-1",
    campaign_id="c-1",
    status="scored",
    found_at=NOW,
    score=82,
    factors=(FACTOR,),
)
FRENCH, ENGLISH = Place("c-1", "p1-1", "fr"), Place("c-1", "p1-1", "en")


def scored(*, first: bool) -> ProspectScored:
    return ProspectScored(
        prospect=PROSPECT, score=82, first=first, rubric=1, evidence=(), model="offline"
    )


def told(fact: ShownFact, at: Place = FRENCH) -> Frame:
    frame = frame_of(fact, at)
    assert frame is not None
    assert frame.type in NAMES
    return frame


def test_a_prospect_is_announced_with_its_first_score_and_updated_with_later_ones() -> None:
    assert told(scored(first=True)).type == "PROSPECT_FOUND"
    assert told(scored(first=False)).type == "PROSPECT_UPDATED"


def test_the_prospect_is_shown_with_its_reasons_in_the_organisations_language() -> None:
    payload = told(scored(first=True)).payload
    assert (payload["score"], payload["campaignId"]) == (82, "c-1")
    assert payload["prospect"]["name"] == "Ada Levain"
    assert payload["prospect"]["foundAt"] == "2026-11-24T09:30:00Z"
    assert payload["prospect"]["factors"][0] == {
        "rule": "activity",
        "points": 30,
        "max": 30,
        "reason": "Activité 10.71C recherchée",
    }
    english = told(scored(first=True), ENGLISH).payload
    assert english["prospect"]["factors"][0]["reason"] == "Activity 10.71C is asked for"


def test_qualified_and_failed_prospects_are_updates() -> None:
    qualified = told(ProspectQualified(prospect=PROSPECT, threshold=60))
    assert (qualified.type, qualified.payload["score"]) == ("PROSPECT_UPDATED", 82)
    fact = ProspectFailed(prospect=PROSPECT, code="failure.model", params={"reason": "?"})
    assert told(fact, ENGLISH).payload["failure"].endswith("proper answer: ?")


def test_an_erased_prospect_is_an_empty_shell_and_a_merged_one_says_where_it_went() -> None:
    shell = told(ProspectErased()).payload["prospect"]
    assert (shell["status"], shell["name"], shell["email"]) == ("erased", "", "")
    assert told(ProspectMerged(into="p1-2")).payload["into"] == "p1-2"


def test_what_a_later_fact_tells_in_full_is_not_told_before() -> None:
    found = ProspectFound(company=BAKERY, source="csv", how="import", found_at=NOW)
    assert frame_of(found, FRENCH) is None
    assert frame_of(ProspectAssigned(reason="started"), FRENCH) is None


def test_a_started_campaign_brings_its_agents() -> None:
    agent = PublicAgent(
        id="researcher-c-1",
        campaign_id="c-1",
        role="researcher",
        name="researcher",
        status="running",
    )
    payload = told(CampaignStarted(agents=(agent,))).payload
    assert payload["campaignId"] == "c-1"
    assert payload["agents"] == [
        {
            "id": "researcher-c-1",
            "campaignId": "c-1",
            "role": "researcher",
            "name": "Chercheur",
            "status": "running",
            "currentTask": "",
        }
    ]


def test_campaigns_say_what_became_of_them() -> None:
    assert told(CampaignPaused()) == ("CAMPAIGN_PAUSED", {"campaignId": "c-1", "status": "paused"})
    completed = told(CampaignCompleted(found=3, scored=2, failed=1))
    assert completed.payload == {
        "campaignId": "c-1",
        "status": "completed",
        "found": 3,
        "scored": 2,
        "failed": 1,
    }


def test_agents_tell_their_activity_and_their_status() -> None:
    at = Place("c-1", "qualifier-c-1", "en")
    reported = ActivityReported(code="activity.scored", params={"score": "82"}, status="running")
    assert told(reported, at) == (
        "AGENT_ACTIVITY",
        {
            "campaignId": "c-1",
            "agentId": "qualifier-c-1",
            "activity": "Scored a prospect: 82/100",
            "status": "running",
        },
    )
    facts = (
        AgentStarted(role="qualifier", name="qualifier"),
        AgentStopped(reason="completed"),
        AgentStopped(reason="requested"),
        AgentFailed(code="failure.model", params={"reason": "?"}),
    )
    statuses = [told(fact, at).payload["status"] for fact in facts]
    assert statuses == ["running", "idle", "stopped", "failed"]

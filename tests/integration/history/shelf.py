"""A campaign with two prospects, as it went, fact by fact."""

from datetime import timedelta
from uuid import UUID, uuid5

from events.agent import AgentStarted
from events.campaign import CampaignPaused, CampaignResumed, CampaignStarted
from events.fact import Event, Fact
from events.prospect import (
    ProspectEnriched,
    ProspectFound,
    ProspectQualified,
    ProspectScored,
    PublicProspect,
)
from services.prospecting.campaign import create
from services.prospecting.commands import CreateCampaign
from tests.unit.prospecting.shelf import BAKERY, COMMAND, NOW, SOFTWARE

ORG, CAMPAIGN = "acme", "c-spring"
CAMPAIGN_ID = f"{ORG}/{CAMPAIGN}/campaign/{CAMPAIGN}"
AGENT_ID = f"{ORG}/{CAMPAIGN}/agent/qualifier-{CAMPAIGN}"


def prospect_id(id: str) -> str:
    return f"{ORG}/{CAMPAIGN}/prospect/{id}"


def at(minutes: int, id: str, version: int, fact: Fact) -> Event:
    """What happened so many minutes after `NOW`."""
    command: UUID = uuid5(COMMAND, f"{id}/{version}")
    return Event(
        originator_id=id,
        originator_version=version,
        fact=fact,
        id=command,
        at=NOW + timedelta(minutes=minutes),
        command_id=command,
        correlation_id=command,
        causation_id=command,
    )


def found(minutes: int, id: str) -> Event:
    fact = ProspectFound(company=BAKERY, source="csv", how="import", found_at=NOW)
    return at(minutes, prospect_id(id), 1, fact)


def scored(minutes: int, id: str, version: int, score: int) -> list[Event]:
    """Its score, and above 60 that it is qualified."""
    shown = PublicProspect.of(
        BAKERY, id=id, campaign_id=CAMPAIGN, status="scored", found_at=NOW, score=score
    )
    fact = ProspectScored(
        prospect=shown, score=score, first=True, rubric=1, evidence=(), model="offline"
    )
    facts: list[Fact] = [fact]
    if score > 60:
        qualified = shown.model_copy(update={"status": "qualified"})
        facts.append(ProspectQualified(prospect=qualified, threshold=60))
    return [at(minutes, prospect_id(id), version + n, fact) for n, fact in enumerate(facts)]


def spring() -> list[Event]:
    """In the order of the log; sequences 1 to 11."""
    command = CreateCampaign(name="Spring", targeting=SOFTWARE, sources=("csv",), threshold=60)
    enriched = ProspectEnriched(company=BAKERY, source="csv", how="import")
    return [
        at(0, CAMPAIGN_ID, 1, create(command, "u-ada")),
        found(1, "p1-1"),
        found(2, "p1-2"),
        at(3, CAMPAIGN_ID, 2, CampaignStarted(agents=())),
        at(3, AGENT_ID, 1, AgentStarted(role="qualifier", name="qualifier")),
        *scored(4, "p1-1", 2, 80),
        at(5, CAMPAIGN_ID, 3, CampaignPaused()),
        at(6, CAMPAIGN_ID, 4, CampaignResumed()),
        at(7, prospect_id("p1-2"), 2, enriched),
        *scored(8, "p1-2", 3, 40),
    ]

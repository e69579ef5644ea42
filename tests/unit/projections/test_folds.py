"""What readers see after which facts."""

from events.agent import ActivityReported, AgentStarted, AgentStopped
from events.campaign import CampaignCreated, CampaignFact, CampaignPaused, CampaignStarted
from events.prospect import (
    ProspectAssigned,
    ProspectErased,
    ProspectFact,
    ProspectFailed,
    ProspectFound,
    ProspectMerged,
    ProspectQualified,
    ProspectScored,
    PublicProspect,
)
from projections import agents, campaigns, prospects
from projections.campaigns import Metrics
from projections.prospects import ProspectView
from tests.unit.prospecting.shelf import BAKERY, CAMPAIGN, NOW, SOFTWARE, event, evidence

PROSPECT = f"acme/{CAMPAIGN}/prospect/p1-x"
FOUND = ProspectFound(company=BAKERY, source="csv", how="import", found_at=NOW)
SHOWN = PublicProspect.of(BAKERY, id="p1-x", campaign_id=CAMPAIGN, status="scored", found_at=NOW)
SCORED = ProspectScored(
    prospect=SHOWN.model_copy(update={"score": 70}),
    score=70,
    first=True,
    rubric=1,
    evidence=tuple(evidence(activity="62.01Z")),
    model="offline",
)
QUALIFIED = ProspectQualified(prospect=SHOWN, threshold=60)
FAILED = ProspectFailed(prospect=SHOWN, code="failure.model", params={"reason": "timeout"})


def told(*facts: ProspectFact) -> tuple[ProspectView | None, Metrics]:
    view, metrics = None, Metrics()
    for version, fact in enumerate(facts, 1):
        after = prospects.project(view, event(PROSPECT, version, fact), fact)
        metrics = campaigns.count(metrics, view, after)
        view = after
    return view, metrics


def test_a_qualified_prospect_counts_as_found_scored_and_qualified() -> None:
    view, metrics = told(FOUND, SCORED, QUALIFIED)
    assert view is not None
    assert (view.status, view.score, view.model) == ("qualified", 70, "offline")
    assert metrics == Metrics(prospects_found=1, prospects_scored=1, prospects_qualified=1)


def test_a_failed_prospect_shows_why_until_it_is_retried() -> None:
    view, metrics = told(FOUND, FAILED)
    assert view is not None and view.failure is not None
    assert metrics == Metrics(prospects_found=1, prospects_failed=1)
    view, metrics = told(FOUND, FAILED, ProspectAssigned(reason="retried"))
    assert view is not None
    assert (view.status, view.failure, metrics) == ("found", None, Metrics(prospects_found=1))


def test_a_merged_prospect_disappears_and_is_no_longer_counted() -> None:
    assert told(FOUND, SCORED, ProspectMerged(into="p1-y")) == (None, Metrics())


def test_an_erased_prospect_disappears_live_as_it_does_on_a_rebuild() -> None:
    assert told(FOUND, SCORED, ProspectErased()) == told(ProspectErased()) == (None, Metrics())


def test_a_leading_tombstone_shows_nothing() -> None:
    assert told(ProspectErased()) == (None, Metrics())


def test_a_campaign_shows_its_status_and_version() -> None:
    created = CampaignCreated(
        name="Spring", targeting=SOFTWARE, sources=("csv",), threshold=60, created_by="u-ada"
    )
    view = None
    facts: list[CampaignFact] = [created, CampaignStarted(agents=()), CampaignPaused()]
    for version, fact in enumerate(facts, 1):
        view = campaigns.project(view, event(f"acme/c-1/campaign/{CAMPAIGN}", version, fact), fact)
    assert view is not None
    assert (view.id, view.status, view.version, view.started_at) == (CAMPAIGN, "paused", 3, NOW)


def test_an_agent_shows_what_it_does_until_it_stops() -> None:
    address = f"acme/{CAMPAIGN}/agent/qualifier-{CAMPAIGN}"
    started = AgentStarted(role="qualifier", name="qualifier")
    view = agents.project(None, event(address, 1, started), started)
    doing = ActivityReported(code="activity.scoring", status="running")
    view = agents.project(view, event(address, 0, doing), doing)
    assert view is not None and view.task is not None
    assert (view.status, view.task.code) == ("running", "activity.scoring")
    stopped = AgentStopped(reason="completed")
    view = agents.project(view, event(address, 2, stopped), stopped)
    assert view is not None
    assert (view.status, view.task) == ("idle", None)

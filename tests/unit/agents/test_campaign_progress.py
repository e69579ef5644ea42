"""When a campaign is complete."""

from events.agent import ModelCalled, SourceRead
from events.campaign import CampaignCancelled, CampaignCreated, CampaignPaused, CampaignStarted
from events.fact import Fact
from events.prospect import (
    ProspectAssigned,
    ProspectFailed,
    ProspectFound,
    ProspectMerged,
    ProspectScored,
)
from events.targeting import Targeting
from services.agents.campaign_progress import CampaignProgress, CampaignsInProgress
from services.prospecting.campaign import create
from services.prospecting.commands import CreateCampaign
from services.prospecting.prospect import Prospect, fold, public
from tests.unit.prospecting.shelf import BAKERY, CAMPAIGN, NOW, SOFTWARE, event

FOUND = ProspectFound(company=BAKERY, source="csv", how="import", found_at=NOW)
PROSPECT = fold(None, FOUND)
assert isinstance(PROSPECT, Prospect)
SHOWN = public(PROSPECT, "p1-a", CAMPAIGN)
SCORED = ProspectScored(
    prospect=SHOWN, score=80, first=True, rubric=1, evidence=(), model="offline"
)
FAILED = ProspectFailed(prospect=SHOWN, code="failure.model")
CREATED: CampaignCreated = create(
    CreateCampaign(name="Spring", sources=("csv", "sample"), targeting=SOFTWARE), "u-ada"
)
CSV = SourceRead(source="csv", cursor="", found=0, exhausted=True)
SAMPLE = SourceRead(source="sample", cursor="25", found=1, exhausted=True)
STARTED = CampaignStarted(agents=())
A, B = f"acme/{CAMPAIGN}/prospect/p1-a", f"acme/{CAMPAIGN}/prospect/p1-b"


def after(*happened: Fact | tuple[str, Fact]) -> CampaignProgress | None:
    campaigns = CampaignsInProgress()
    for fact in (CREATED, *happened):
        about, fact = fact if isinstance(fact, tuple) else (f"acme/{CAMPAIGN}/campaign/x", fact)
        campaigns.note(event(about, 1, fact))
    return campaigns.campaigns.get(("acme", CAMPAIGN))


def complete(*happened: Fact | tuple[str, Fact]) -> bool:
    progress = after(*happened)
    return progress is not None and progress.complete


def test_it_is_complete_once_every_source_is_read_and_every_prospect_is_through() -> None:
    assert complete(STARTED, CSV, SAMPLE)
    assert complete(STARTED, (A, FOUND), CSV, SAMPLE, (A, SCORED))
    assert complete(STARTED, (A, FOUND), (B, FOUND), CSV, SAMPLE, (A, SCORED), (B, FAILED))


def test_it_is_not_complete_while_anything_is_open() -> None:
    assert not complete(CSV, SAMPLE)
    assert not complete(STARTED, CSV)
    assert not complete(STARTED, CSV, SAMPLE, (A, FOUND))
    assert not complete(STARTED, CSV, SAMPLE, (A, FOUND), (A, SCORED), CampaignPaused())
    retried = (A, ProspectAssigned(reason="retried"))
    assert not complete(STARTED, CSV, SAMPLE, (A, FOUND), (A, FAILED), retried)


def test_it_is_not_complete_where_everything_failed() -> None:
    assert not complete(STARTED, CSV, SAMPLE, (A, FOUND), (A, FAILED))
    assert complete(STARTED, CSV, SAMPLE)


def test_nobody_waits_for_a_score_where_nothing_is_asked() -> None:
    asks_nothing = CREATED.model_copy(update={"targeting": Targeting()})
    assert complete(asks_nothing, STARTED, CSV, SAMPLE, (A, FOUND))
    assert not complete(asks_nothing, STARTED, CSV, (A, FOUND))


def test_a_merged_prospect_waits_for_nothing() -> None:
    assert complete(
        STARTED, CSV, SAMPLE, (A, FOUND), (B, FOUND), (A, SCORED), (B, ProspectMerged(into="p1-a"))
    )


def test_a_campaign_that_ended_is_forgotten() -> None:
    assert after(STARTED, CampaignCancelled(), (A, FOUND)) is None


def test_tokens_and_euros_add_up() -> None:
    called = ModelCalled(
        agent_id="q", model="m", digest="d", prompt_tokens=10, completion_tokens=5, cost=0.25
    )
    progress = after(STARTED, called, called)
    assert progress is not None and progress.spent == (30, 0.5)

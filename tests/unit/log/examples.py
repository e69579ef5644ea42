"""One example of every fact."""

from events.agent import (
    ActivityReported,
    AgentFailed,
    AgentStarted,
    AgentStopped,
    ModelCalled,
    PublicAgent,
    SourceRead,
)
from events.campaign import (
    Budget,
    CampaignCancelled,
    CampaignChanged,
    CampaignCompleted,
    CampaignCreated,
    CampaignImported,
    CampaignPaused,
    CampaignResumed,
    CampaignStarted,
)
from events.fact import Fact
from events.prospect import (
    Factor,
    ProspectAliased,
    ProspectAssigned,
    ProspectEnriched,
    ProspectErased,
    ProspectFailed,
    ProspectFound,
    ProspectMerged,
    ProspectQualified,
    ProspectScored,
    PublicProspect,
)
from tests.unit.prospecting.shelf import BAKERY, CAMPAIGN, NOW, SOFTWARE, evidence

_AGENT = PublicAgent(
    id="researcher-c-spring", campaign_id=CAMPAIGN, role="researcher", name="Rita", status="running"
)
_FACTOR = Factor(rule="place", points=20, max=20, code="place.inside", params={"departement": "75"})
_PROSPECT = PublicProspect.of(
    BAKERY,
    id="p1-0a1b",
    campaign_id=CAMPAIGN,
    status="scored",
    found_at=NOW,
    score=71,
    factors=(_FACTOR,),
)

EXAMPLES: tuple[Fact, ...] = (
    CampaignCreated(
        name="Printemps",
        targeting=SOFTWARE,
        sources=("csv", "sample"),
        threshold=60,
        budget=Budget(tokens=1000, euros=2.5),
        created_by="u-ada",
    ),
    CampaignChanged(name="Été", targeting=SOFTWARE, sources=("sample",), threshold=80),
    CampaignImported(accepted=3, duplicates=1, refused=2),
    CampaignStarted(agents=(_AGENT,)),
    CampaignPaused(),
    CampaignResumed(),
    CampaignCompleted(found=9, scored=8, failed=1),
    CampaignCancelled(),
    AgentStarted(role="qualifier", name="Quentin"),
    AgentStopped(reason="requested"),
    AgentFailed(code="agent.no-model", params={"model": "x"}),
    SourceRead(source="sample", cursor="25", found=25, exhausted=False),
    ProspectFound(
        company=BAKERY,
        source="csv",
        source_url="https://annuaire.example/1",
        how="import",
        agent_id="researcher-c-spring",
        found_at=NOW,
    ),
    ProspectEnriched(company=BAKERY, source="web", how="scrape"),
    ProspectAssigned(reason="retried"),
    ProspectScored(
        prospect=_PROSPECT,
        score=71,
        first=True,
        rubric=1,
        evidence=tuple(evidence(city="Paris")),
        model="offline",
    ),
    ProspectQualified(prospect=_PROSPECT, threshold=60),
    ProspectFailed(prospect=_PROSPECT, code="score.no-quote", params={"attempts": "3"}),
    ProspectErased(),
    ProspectAliased(to="p1-0a1b"),
    ProspectMerged(into="p1-0a1b"),
    ActivityReported(
        code="activity.scoring",
        params={"company": "Boulangerie"},
        status="running",
        prospect_id="p1-0a1b",
    ),
    ModelCalled(
        agent_id="qualifier-c-spring",
        model="offline",
        digest="0" * 64,
        prompt_tokens=120,
        completion_tokens=30,
        cost=0.0,
    ),
)

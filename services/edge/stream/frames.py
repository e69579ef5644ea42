"""What a browser is told of a fact: at most one frame, from the fact's own content."""

from typing import Any, NamedTuple, assert_never

from events.agent import (
    ActivityReported,
    AgentChange,
    AgentFact,
    AgentFailed,
    AgentStarted,
    AgentStatus,
    AgentStopped,
    ModelCalled,
    Narration,
    SourceRead,
    status_after,
)
from events.campaign import (
    CampaignCancelled,
    CampaignChanged,
    CampaignCompleted,
    CampaignCreated,
    CampaignFact,
    CampaignImported,
    CampaignPaused,
    CampaignResumed,
    CampaignStarted,
)
from events.fact import Value
from events.prospect import (
    ProspectAliased,
    ProspectAssigned,
    ProspectEnriched,
    ProspectErased,
    ProspectFact,
    ProspectFailed,
    ProspectFound,
    ProspectMerged,
    ProspectQualified,
    ProspectScored,
)
from services.edge.schemas import ShownAgent, ShownProspect
from services.edge.stream.payloads import FACTS
from services.wording.domain import Language, render

Payload = dict[str, Any]
"""JSON on its way out; nothing of ours reads it."""

ShownFact = CampaignFact | AgentFact | ProspectFact | Narration

METRICS = "CAMPAIGN_METRICS_UPDATE"
ACTIVITY = "AGENT_ACTIVITY"
FOUND, UPDATED = "PROSPECT_FOUND", "PROSPECT_UPDATED"

NAMES = frozenset(FACTS)
"""What a subscription may choose from."""


class Place(NamedTuple):
    """Whom a fact is about, and in which language it is told."""

    campaign: str
    id: str
    language: Language
    status: AgentStatus | None = None
    """Of the agent that it is about, once it has happened; None takes the fact's word for it."""


class Frame(NamedTuple):
    """What one browser message says."""

    type: str
    payload: Payload


def frame_of(fact: ShownFact, at: Place) -> Frame | None:
    """None for what only the system itself reads, or what a later fact will tell in full."""
    match fact:
        case (
            ProspectFound() | ProspectEnriched() | ProspectAssigned() | ProspectAliased()
            | SourceRead() | ModelCalled()
        ):  # fmt: skip
            return None
        case ProspectScored() | ProspectQualified() | ProspectFailed():
            return _of_prospect(fact, at)
        case ProspectErased() | ProspectMerged():
            return _of_gone(fact, at)
        case AgentStarted() | AgentStopped() | AgentFailed() | ActivityReported():
            return Frame(ACTIVITY, _activity(fact, at))
        case _:
            return _of_campaign(fact, at)


def _of_prospect(fact: ProspectScored | ProspectQualified | ProspectFailed, at: Place) -> Frame:
    prospect = fact.prospect
    payload = {
        "prospect": _json(ShownProspect.of(prospect, at.language)),
        "score": prospect.score,
        "campaignId": at.campaign,
    }
    if isinstance(fact, ProspectFailed):
        payload["failure"] = render(fact.code, fact.params, at.language)
    first = isinstance(fact, ProspectScored) and fact.first
    return Frame(FOUND if first else UPDATED, payload)


def _of_gone(fact: ProspectErased | ProspectMerged, at: Place) -> Frame:
    """An empty shell, so that what is shown of it goes."""
    merged = isinstance(fact, ProspectMerged)
    shell = ShownProspect(
        id=at.id, campaign_id=at.campaign, status="merged" if merged else "erased"
    )
    into = {"into": fact.into} if isinstance(fact, ProspectMerged) else {}
    payload = {"prospect": _json(shell), "score": None, "campaignId": at.campaign, **into}
    return Frame(UPDATED, payload)


def _activity(fact: AgentChange | ActivityReported, at: Place) -> Payload:
    activity = ""
    if isinstance(fact, AgentFailed | ActivityReported):
        activity = render(fact.code, fact.params, at.language)
    own = fact.status if isinstance(fact, ActivityReported) else status_after(fact)
    status = at.status or own
    return {"campaignId": at.campaign, "agentId": at.id, "activity": activity, "status": status}


def _of_campaign(fact: CampaignFact, at: Place) -> Frame:
    type, payload = _campaign(fact, at.language)
    return Frame(type, {"campaignId": at.campaign, **payload})


def _campaign(fact: CampaignFact, language: Language) -> Frame:
    match fact:
        case CampaignCreated():
            return Frame("CAMPAIGN_CREATED", {"status": "draft", **_json(fact)})
        case CampaignChanged():
            return Frame("CAMPAIGN_CHANGED", _json(fact))
        case CampaignImported():
            return Frame("CAMPAIGN_IMPORTED", _json(fact))
        case CampaignStarted():
            agents = [_json(ShownAgent.of(agent, language)) for agent in fact.agents]
            return Frame("CAMPAIGN_STARTED", {"status": "active", "agents": agents})
        case CampaignPaused():
            return Frame("CAMPAIGN_PAUSED", {"status": "paused"})
        case CampaignResumed():
            return Frame("CAMPAIGN_RESUMED", {"status": "active"})
        case CampaignCompleted():
            return Frame("CAMPAIGN_COMPLETED", {"status": "completed", **_json(fact)})
        case CampaignCancelled():
            return Frame("CAMPAIGN_CANCELLED", {"status": "cancelled"})
        case _:
            assert_never(fact)


def _json(value: Value) -> Payload:
    return value.model_dump(mode="json", by_alias=True)

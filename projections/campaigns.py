"""The campaigns page: each campaign as it stands, with its counts."""

from datetime import datetime
from typing import Literal, assert_never

from events.campaign import (
    Budget,
    CampaignCancelled,
    CampaignChanged,
    CampaignCompleted,
    CampaignCreated,
    CampaignFact,
    CampaignImported,
    CampaignPaused,
    CampaignResumed,
    CampaignStarted,
    Source,
)
from events.fact import Event, Value
from events.subjects import Address
from events.targeting import Targeting
from projections.prospects import ProspectView

VERSION = 2
"""Raised whenever the fold changes, or what the view holds: see `versions`."""


class Metrics(Value):
    """How many prospects a campaign has found, scored, qualified and failed to score."""

    prospects_found: int = 0
    prospects_scored: int = 0
    prospects_qualified: int = 0
    prospects_failed: int = 0


class CampaignView(Value):
    """A campaign as its page shows it."""

    id: str
    name: str
    status: Literal["draft", "active", "paused", "completed", "cancelled"] = "draft"
    targeting: Targeting
    sources: tuple[Source, ...]
    threshold: int
    budget: Budget
    metrics: Metrics = Metrics()
    created_at: datetime
    started_at: datetime | None = None
    version: int


def project(campaign: CampaignView | None, event: Event, fact: CampaignFact) -> CampaignView:
    if isinstance(fact, CampaignCreated):
        return _created(event, fact)
    assert campaign is not None, "a campaign begins with CampaignCreated"
    change = _change(event, fact) | {"version": event.originator_version}
    return campaign.model_copy(update=change)


def _created(event: Event, fact: CampaignCreated) -> CampaignView:
    return CampaignView(
        id=Address.parse(event.originator_id).id,
        name=fact.name,
        targeting=fact.targeting,
        sources=fact.sources,
        threshold=fact.threshold,
        budget=fact.budget,
        created_at=event.at,
        version=event.originator_version,
    )


def _change(event: Event, fact: CampaignFact) -> dict[str, object]:
    match fact:
        case CampaignChanged():
            return {name: getattr(fact, name) for name in CampaignChanged.model_fields}
        case CampaignStarted():
            return {"status": "active", "started_at": event.at}
        case CampaignPaused():
            return {"status": "paused"}
        case CampaignResumed():
            return {"status": "active"}
        case CampaignCompleted():
            return {"status": "completed"}
        case CampaignCancelled():
            return {"status": "cancelled"}
        case CampaignCreated() | CampaignImported():
            return {}
        case _:
            assert_never(fact)


def count(metrics: Metrics, before: ProspectView | None, after: ProspectView | None) -> Metrics:
    """The metrics once a prospect has gone from `before` to `after`."""
    left, joined = _tally(before), _tally(after)
    return Metrics(
        **{
            name: getattr(metrics, name) - left[name] + joined[name]
            for name in Metrics.model_fields
        }
    )


def _tally(prospect: ProspectView | None) -> dict[str, int]:
    status = prospect.status if prospect else None
    return {
        "prospects_found": int(prospect is not None),
        "prospects_scored": int(status in ("scored", "qualified")),
        "prospects_qualified": int(status == "qualified"),
        "prospects_failed": int(status == "failed"),
    }

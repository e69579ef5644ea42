"""The campaign's life: draft → active ⇄ paused → completed / cancelled."""

from typing import Literal, assert_never, get_args

from events.agent import PublicAgent, Role
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
from events.fact import Value
from events.targeting import Targeting
from services.prospecting import errors
from services.prospecting.commands import ChangeCampaign, CreateCampaign

CampaignStatus = Literal["draft", "active", "paused", "completed", "cancelled"]

ROLES: tuple[Role, ...] = get_args(Role)


class Campaign(Value):
    """A campaign as its facts leave it."""

    status: CampaignStatus = "draft"
    name: str
    targeting: Targeting
    sources: tuple[Source, ...]
    threshold: int
    budget: Budget
    rubric: int
    imported: bool = False
    listed: int = 0
    """Prospects that lists brought."""
    agents: tuple[PublicAgent, ...] = ()


def fold(campaign: Campaign | None, fact: CampaignFact) -> Campaign:
    if isinstance(fact, CampaignCreated):
        return Campaign(
            name=fact.name,
            targeting=fact.targeting,
            sources=fact.sources,
            threshold=fact.threshold,
            budget=fact.budget,
            rubric=fact.rubric,
        )
    assert campaign is not None, "a campaign begins with CampaignCreated"
    return campaign.model_copy(update=_change(campaign, fact))


def _change(campaign: Campaign, fact: CampaignFact) -> dict[str, object]:
    match fact:
        case CampaignCreated():
            return {}
        case CampaignChanged():
            return {name: getattr(fact, name) for name in CampaignChanged.model_fields}
        case CampaignImported():
            imported = campaign.imported or fact.accepted + fact.duplicates > 0
            return {"imported": imported, "listed": campaign.listed + fact.found}
        case CampaignStarted():
            return {"status": "active", "agents": fact.agents}
        case CampaignPaused():
            return {"status": "paused"}
        case CampaignResumed():
            return {"status": "active"}
        case CampaignCompleted():
            return {"status": "completed"}
        case CampaignCancelled():
            return {"status": "cancelled"}
        case _:
            assert_never(fact)


def create(command: CreateCampaign, by: str) -> CampaignCreated:
    return CampaignCreated(
        name=command.name,
        targeting=command.targeting,
        sources=command.sources,
        threshold=command.threshold,
        budget=command.budget,
        created_by=by,
    )


def change(campaign: Campaign, command: ChangeCampaign) -> CampaignChanged | None:
    """The whole description as it becomes, or nothing where it already is so; raises
    `CampaignEnded`, and `NotADraft` for sources of one that was started."""
    _not_ended(campaign)
    said = {name: getattr(command, name) for name in command.model_fields_set}
    said = {name: value for name, value in said.items() if value is not None}
    if campaign.status != "draft" and said.get("sources", campaign.sources) != campaign.sources:
        raise errors.NotADraft()
    after = campaign.model_copy(update=said)
    if after == campaign:
        return None
    return CampaignChanged(
        name=after.name,
        targeting=after.targeting,
        sources=after.sources,
        threshold=after.threshold,
        budget=after.budget,
    )


def start(campaign: Campaign, campaign_id: str) -> CampaignStarted:
    """Raises `CampaignEnded`, `AlreadyStarted`, `NoSource` and `NothingToRead`."""
    _not_ended(campaign)
    if campaign.status != "draft":
        raise errors.AlreadyStarted()
    if not campaign.sources:
        raise errors.NoSource()
    if set(campaign.sources) == {"csv"} and not campaign.imported:
        raise errors.NothingToRead()
    return CampaignStarted(agents=tuple(_agents(campaign_id)))


def _agents(campaign_id: str) -> list[PublicAgent]:
    return [
        PublicAgent(
            id=f"{role}-{campaign_id}",
            campaign_id=campaign_id,
            role=role,
            name=role,
            status="running",
        )
        for role in ROLES
    ]


def pause(campaign: Campaign) -> CampaignPaused:
    """Until it is resumed. Raises `CampaignEnded` and `NotActive`."""
    _not_ended(campaign)
    if campaign.status != "active":
        raise errors.NotActive()
    return CampaignPaused()


def resume(campaign: Campaign) -> CampaignResumed:
    """Its agents go on. Raises `CampaignEnded` and `NotPaused`."""
    _not_ended(campaign)
    if campaign.status != "paused":
        raise errors.NotPaused()
    return CampaignResumed()


def cancel(campaign: Campaign) -> CampaignCancelled:
    _not_ended(campaign)
    return CampaignCancelled()


def complete(campaign: Campaign, found: int, scored: int, failed: int) -> CampaignCompleted:
    """It completes once, and only while it is active; raises `CampaignEnded` and `NotActive`."""
    _not_ended(campaign)
    if campaign.status != "active":
        raise errors.NotActive()
    return CampaignCompleted(found=found, scored=scored, failed=failed)


def accept_imports(campaign: Campaign) -> None:
    """Raises `CampaignEnded` where a list would come too late."""
    _not_ended(campaign)


def _not_ended(campaign: Campaign) -> None:
    if campaign.status in ("completed", "cancelled"):
        raise errors.CampaignEnded(status=campaign.status)

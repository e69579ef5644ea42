"""Scoring again what is scored already: for nothing, from the record and what was read before."""

from functools import partial

from events.fact import Event, Fact
from events.prospect import ProspectAssigned
from events.subjects import Address, campaign_address
from services.log import Log
from services.prospecting import campaign as campaigns
from services.prospecting import prospect as decisions
from services.prospecting.campaign import Campaign
from services.prospecting.context import Context
from services.prospecting.handlers import sweeping
from services.prospecting.handlers.campaigns import load_campaign
from services.prospecting.handlers.prospects import decide
from services.prospecting.prospect import Prospect, public


async def rescore(log: Log, ctx: Context, campaign_id: str, id: str) -> None:
    """One prospect of which more became known. Raises `ProspectNotFound`."""
    campaign = (await load_campaign(log, ctx.org, campaign_id)).state
    await decide(log, ctx, campaign_id, id, partial(_rescored, campaign, campaign_id, id))


async def rescore_all(log: Log, ctx: Context, campaign_id: str, changed: Event) -> int:
    """Every prospect of a campaign that changed, where that makes a difference; returns how many
    facts that took. Those found while nothing was asked are put on the qualifier's desk."""
    campaign = (await load_campaign(log, ctx.org, campaign_id)).state
    begins = campaign.targeting.asks and not await _asked(log, ctx.org, campaign_id, changed)

    def decision(address: Address, prospect: Prospect) -> list[Fact]:
        if prospect.status == "found":
            return [ProspectAssigned(reason="started")] if begins else []
        return _rescored(campaign, campaign_id, address.id, prospect)

    return await sweeping.sweep(log, ctx, campaign_id, decision)


def _rescored(campaign: Campaign, campaign_id: str, id: str, prospect: Prospect) -> list[Fact]:
    shown = public(prospect, id, campaign_id)
    return decisions.rescore(prospect, shown, campaign.targeting, campaign.threshold)


async def _asked(log: Log, org: str, campaign_id: str, changed: Event) -> bool:
    """Whether the campaign asked for anything before it changed."""
    before: Campaign | None = None
    for event in await log.load(str(campaign_address(org, campaign_id))):
        if event.sequence >= changed.sequence:
            break
        before = campaigns.fold(before, event.fact)  # type: ignore[arg-type]  # a campaign's own facts
    return before is not None and before.targeting.asks

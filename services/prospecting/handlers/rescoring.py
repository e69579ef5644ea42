"""Scoring again what is scored already: for nothing, from the record and what was read before."""

from functools import partial

from events.fact import Fact
from events.subjects import Address
from services.log import Log
from services.prospecting import qualification
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


async def rescore_all(log: Log, ctx: Context, campaign_id: str) -> int:
    """Every prospect of a campaign that changed, where that makes a difference; returns how many
    that were."""
    campaign = (await load_campaign(log, ctx.org, campaign_id)).state

    def decision(address: Address, prospect: Prospect) -> list[Fact]:
        return _rescored(campaign, campaign_id, address.id, prospect)

    return await sweeping.sweep(log, ctx, campaign_id, decision)


def _rescored(campaign: Campaign, campaign_id: str, id: str, prospect: Prospect) -> list[Fact]:
    shown = public(prospect, id, campaign_id)
    return qualification.rescore(prospect, shown, campaign.targeting, campaign.threshold)

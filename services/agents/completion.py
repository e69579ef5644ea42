"""The conductor at work: follows the log, and completes what is complete.

Each worker process has one; where two complete the same campaign, the second is refused.
"""

import asyncio
import logging

from events.campaign import CampaignCancelled, CampaignCompleted, CampaignCreated
from events.subjects import everything
from services.agents.campaign_progress import FILTERS, CampaignProgress, CampaignsInProgress, Key
from services.agents.retries import AWAY
from services.log import Log
from services.prospecting.context import Context
from services.prospecting.errors import Refused
from services.prospecting.handlers import campaigns

_log = logging.getLogger(__name__)

AGAIN = 1.0
"""Seconds before it begins anew after the log was away."""


async def complete_campaigns(log: Log, conductor: CampaignsInProgress) -> None:
    """Until cancelled."""
    while True:
        try:
            await _follow(log, conductor)
        except AWAY as error:
            _log.warning("conductor.interrupted error=%s", type(error).__name__)
            await asyncio.sleep(AGAIN)


async def _follow(log: Log, conductor: CampaignsInProgress) -> None:
    conductor.campaigns.clear()
    asked: dict[Key, int] = {}
    async for batch in log.follow(await _beginning(log), FILTERS):
        for event in batch.events:
            conductor.note(event)
        for key, score in [*conductor.campaigns.items()]:
            if not score.complete:
                asked.pop(key, None)
                continue
            if key not in asked:
                asked[key] = (await log.head()).last
            if batch.position >= asked[key]:
                del asked[key]
                await _complete(log, key, score)


async def _beginning(log: Log) -> int:
    """Before the first fact of any campaign that has not ended."""
    created: dict[str, int] = {}
    last = (await log.head()).last
    async for batch in log.follow(0, [everything(kind="campaign")], until=last):
        for event in batch.events:
            match event.fact:
                case CampaignCreated():
                    created[event.originator_id] = event.sequence
                case CampaignCompleted() | CampaignCancelled():
                    created.pop(event.originator_id, None)
                case _:
                    pass
    return min(created.values(), default=last + 1) - 1


async def _complete(log: Log, key: Key, score: CampaignProgress) -> None:
    """That it is complete was true of the whole log a moment ago: `asked` saw to that."""
    org, campaign_id = key
    assert score.last is not None, "a score begins with an event"
    ctx = Context.of_agent(score.last, "conductor")
    try:
        await campaigns.complete(
            log,
            ctx,
            campaign_id,
            found=len(score.prospects),
            scored=score.count("scored"),
            failed=score.count("failed"),
        )
        _log.info("campaign.completed org=%s campaign=%s", org, campaign_id)
    except Refused as refused:
        _log.info("campaign.not-completed campaign=%s code=%s", campaign_id, refused.code)

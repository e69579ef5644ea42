"""Completes campaigns: follows the log until nothing of a campaign is open any more.

Each worker process has one; where two complete the same campaign, the second is refused.
"""

import asyncio
import logging

from events.campaign import CampaignCancelled, CampaignCompleted, CampaignCreated
from events.fact import Event
from events.prospect import ProspectFailed
from events.subjects import everything
from services.agents.campaign_progress import FILTERS, CampaignProgress, CampaignsInProgress, Key
from services.agents.outages import AWAY
from services.log import Log
from services.prospecting.context import Context
from services.prospecting.errors import Refused
from services.prospecting.handlers.agents import report_activity
from services.prospecting.handlers.campaigns import complete

_log = logging.getLogger(__name__)

ROLE = "conductor"
"""Ids of stored facts follow from this name: it stays."""
RESTART_S = 1.0
"""Before it begins anew after the log was away."""


async def complete_campaigns(log: Log, campaigns: CampaignsInProgress) -> None:
    """Until cancelled."""
    while True:
        try:
            await _follow(log, campaigns)
        except AWAY as error:
            _log.warning("completion.interrupted error=%s", type(error).__name__)
            await asyncio.sleep(RESTART_S)


async def _follow(log: Log, campaigns: CampaignsInProgress) -> None:
    campaigns.campaigns.clear()
    campaigns.current, beginning = False, (await log.head()).last
    asked: dict[Key, int] = {}
    async for batch in log.follow(await _beginning(log), FILTERS):
        for event in batch.events:
            campaigns.note(event)
        campaigns.current = batch.position >= beginning
        for key, progress in [*campaigns.campaigns.items()]:
            if not progress.complete:
                asked.pop(key, None)
                if progress.stuck and progress.last is not None:
                    await _tell_all_failed(log, key, progress.last)
                continue
            if key not in asked:
                asked[key] = (await log.head()).last
            if batch.position >= asked[key]:
                del asked[key]
                await _complete(log, key, progress)


async def _beginning(log: Log) -> int:
    """Before the first fact of any campaign that has not ended, or whose failed may be retried."""
    created: dict[str, int] = {}
    last = (await log.head()).last
    async for batch in log.read(0, [everything(kind="campaign")], last):
        for event in batch.events:
            match event.fact:
                case CampaignCreated():
                    created[event.originator_id] = event.sequence
                case CampaignCompleted(failed=failed) if failed:
                    pass
                case CampaignCompleted() | CampaignCancelled():
                    created.pop(event.originator_id, None)
                case _:
                    pass
    return min(created.values(), default=last + 1) - 1


async def _tell_all_failed(log: Log, key: Key, last: Event) -> None:
    """Once for what happened last: it is the same narration, whoever says it."""
    if isinstance(last.fact, ProspectFailed):
        ctx = Context.of_agent(last, ROLE, "all-failed")
        qualifier = f"qualifier-{key[1]}"
        await report_activity(log, ctx, qualifier, "activity.all-failed", "running")


async def _complete(log: Log, key: Key, progress: CampaignProgress) -> None:
    """That it is complete was true of the whole log a moment ago: `asked` saw to that."""
    org, campaign_id = key
    assert progress.last is not None, "progress begins with an event"
    ctx = Context.of_agent(progress.last, ROLE)
    try:
        await complete(
            log,
            ctx,
            campaign_id,
            found=len(progress.prospects),
            scored=progress.count("scored"),
            failed=progress.count("failed"),
        )
        _log.info("campaign.completed org=%s campaign=%s", org, campaign_id)
    except Refused as refused:
        _log.info("campaign.not-completed campaign=%s code=%s", campaign_id, refused.code)

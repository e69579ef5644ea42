"""Scores again, without a model, when more is known of a prospect or something else is asked."""

import logging

from events.campaign import CampaignChanged
from events.fact import Event
from events.subjects import Address
from services.agents.roles.role import WorkFailure
from services.log import Log
from services.prospecting.context import Context
from services.prospecting.errors import ProspectNotFound
from services.prospecting.handlers.rescoring import rescore, rescore_all

_log = logging.getLogger(__name__)

ROLE = "rescorer"
"""Ids of stored facts follow from this name: it stays."""


class Rescorer:
    """Works for every campaign, at work or not: it costs nothing."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def work(self, event: Event) -> None:
        _, campaign_id, _, id = Address.parse(event.originator_id)
        ctx = Context.of_agent(event, ROLE)
        if isinstance(event.fact, CampaignChanged):
            count = await rescore_all(self._log, ctx, campaign_id)
            _log.info("prospects.rescored campaign=%s count=%s", campaign_id, count)
            return
        try:
            await rescore(self._log, ctx, campaign_id, id)
        except ProspectNotFound:
            _log.info("prospect.gone prospect=%s", id)

    async def tell_retry(self, event: Event, attempt: int, seconds: float) -> None:
        """Nobody waits for it to be told."""

    async def give_up(self, event: Event, failure: WorkFailure) -> None:
        """The scores stay as they were; the next change scores again."""
        _log.warning("prospects.not-rescored about=%s code=%s", event.originator_id, failure.code)

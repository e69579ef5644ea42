"""Puts waiting prospects back on the qualifier's desk when work begins or goes on."""

import logging

from events.agent import AgentStarted
from events.fact import Event
from events.subjects import Address
from services.agents.delivery import Failure
from services.agents.researching import restarted
from services.log import Log
from services.prospecting.context import Context
from services.prospecting.handlers.assigning import assign_waiting

ROLE = "dispatcher"


class Dispatcher:
    """Makes sure that a queue holds work for every prospect that waits."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def dispatch(self, event: Event) -> None:
        if isinstance(event.fact, AgentStarted) and not restarted(event, "qualifier"):
            return
        _, campaign_id, *_ = Address.parse(event.originator_id)
        ctx = Context.of_agent(event, ROLE)
        assigned = await assign_waiting(self._log, ctx, campaign_id, event)
        logging.info("prospects.assigned campaign=%s count=%s", campaign_id, assigned)

    async def give_up(self, event: Event, failure: Failure) -> None:
        """There is nobody to tell but the operator; the next start assigns anew."""
        logging.error("dispatch.failed about=%s code=%s", event.originator_id, failure.code)

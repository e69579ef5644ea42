"""Assigns waiting prospects to the qualifier anew when work begins or goes on."""

import logging

from events.agent import AgentStarted
from events.fact import Event
from events.subjects import Address
from services.agents.roles.role import WorkFailure, restarted
from services.log import Log
from services.prospecting.context import Context
from services.prospecting.handlers import agents
from services.prospecting.handlers.assigning import assign_waiting

_log = logging.getLogger(__name__)

ROLE = "dispatcher"


class Dispatcher:
    """Makes sure that a queue holds work for every prospect that waits."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def work(self, event: Event) -> None:
        if isinstance(event.fact, AgentStarted) and not restarted(event, "qualifier"):
            return
        _, campaign_id, *_ = Address.parse(event.originator_id)
        ctx = Context.of_agent(event, ROLE)
        assigned = await assign_waiting(self._log, ctx, campaign_id, event)
        _log.info("prospects.assigned campaign=%s count=%s", campaign_id, assigned)

    async def tell_retry(self, event: Event, attempt: int, seconds: float) -> None:
        """Nobody waits for it to be told."""

    async def give_up(self, event: Event, failure: WorkFailure) -> None:
        """The qualifier fails, visibly: starting it dispatches anew, and nobody is forgotten."""
        _, campaign_id, *_ = Address.parse(event.originator_id)
        ctx = Context.of_agent(event, ROLE, "failed")
        await agents.fail(self._log, ctx, f"qualifier-{campaign_id}", *failure)

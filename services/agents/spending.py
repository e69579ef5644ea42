"""What models cost: each run is on record, and a campaign's budget ends its agents' work."""

from collections.abc import Callable
from uuid import uuid4

from events.agent import ModelCalled
from events.fact import Event
from events.subjects import Address, run_address
from services.agents.budget import Spent, overrun
from services.agents.crews.running import Usage
from services.agents.models.settings import Price
from services.log import Log
from services.prospecting.campaign import Campaign
from services.prospecting.context import Changes, Context
from services.prospecting.handlers import agents
from services.prospecting.handlers.campaigns import load_campaign

SpentSoFar = Callable[[str, str], Spent]
"""What an organisation's campaign has spent, by their ids."""


def model_called(ctx: Context, agent_id: str, usage: Usage) -> tuple[Address, ModelCalled]:
    """One run, under an id that follows from its command."""
    fact = ModelCalled(
        agent_id=agent_id,
        model=usage.model,
        digest=usage.digest,
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
        cost=usage.cost,
    )
    return run_address(ctx.org, agents.campaign_of(agent_id), str(ctx.command_id)), fact


class Spending:
    """Records what runs cost, and says when a budget is used up. Raises what the log raises."""

    def __init__(self, log: Log, spent: SpentSoFar, price: Price | None) -> None:
        self._log, self._spent, self._price = log, spent, price

    async def record(self, ctx: Context, agent_id: str, usage: Usage) -> None:
        changes = Changes(ctx)
        changes.narrate(*model_called(ctx, agent_id, usage))
        await self._log.append(*changes)

    async def record_failed(self, event: Event, role: str, agent_id: str, usage: Usage) -> None:
        """A run that failed may have cost something as well, each time anew."""
        if usage.prompt_tokens or usage.completion_tokens:
            await self.record(Context.of_agent(event, role, f"failed/{uuid4()}"), agent_id, usage)

    async def overspent(self, ctx: Context, campaign: Campaign, agent_id: str) -> bool:
        """Where the budget is spent the agent fails, visibly, and starts again on request."""
        campaign_id = agents.campaign_of(agent_id)
        spent = self._spent(ctx.org, campaign_id)
        if overrun(campaign.budget, spent, self._price) is None:
            return False
        now = await load_campaign(self._log, ctx.org, campaign_id)  # was it raised a moment ago?
        reason = overrun(now.state.budget, spent, self._price)
        if reason is not None:
            await agents.fail(self._log, ctx, agent_id, *reason)
        return reason is not None

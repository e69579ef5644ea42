"""What the models cost: each run is on record, and a campaign's budget ends its agents' work."""

from uuid import uuid4

from events.agent import ModelCalled
from events.campaign import Budget
from events.fact import Event
from events.subjects import Address, run_address
from services.agents.campaign_progress import CampaignsInProgress, Spent
from services.agents.crews.running import Usage
from services.agents.models.settings import Price
from services.log import Log
from services.prospecting.campaign import Campaign
from services.prospecting.context import Changes, Context
from services.prospecting.handlers import agents
from services.prospecting.handlers.campaigns import load_campaign


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
    """Keeps what was spent, and says when it is enough."""

    def __init__(self, log: Log, conductor: CampaignsInProgress, price: Price | None) -> None:
        self._log, self._conductor, self._price = log, conductor, price

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
        spent = self._conductor.spent(ctx.org, campaign_id)
        if self._overrun(campaign.budget, spent) is None:
            return False
        now = await load_campaign(self._log, ctx.org, campaign_id)
        overrun = self._overrun(now.state.budget, spent)
        if overrun is None:  # it was raised a moment ago
            return False
        await agents.fail(self._log, ctx, agent_id, *overrun)
        return True

    def _overrun(self, budget: Budget, spent: Spent) -> tuple[str, dict[str, str]] | None:
        """Why no more may be spent, as a code with parameters."""
        if budget.tokens is not None and spent.tokens >= budget.tokens:
            return "failure.budget", {"tokens": str(spent.tokens)}
        if budget.euros is None:
            return None
        if self._price is None:
            return "failure.price", {}
        if spent.euros >= budget.euros and spent.euros > 0:
            return "failure.budget-euros", {"euros": f"{spent.euros:.2f}"}
        return None

"""What people and agents do with agents."""

from collections.abc import Callable
from functools import partial

from events.agent import ActivityReported, AgentStatus, SourceRead
from events.fact import Fact
from events.subjects import activity_address, agent_address
from services.log import Log
from services.prospecting import agent as decisions
from services.prospecting.agent import Agent
from services.prospecting.context import Changes, Context
from services.prospecting.errors import AgentNotFound
from services.prospecting.handlers.repository import Loaded, Saved, carry_out, load


def campaign_of(agent_id: str) -> str:
    """`researcher-c-…` works in campaign `c-…`; raises `AgentNotFound`."""
    _, hyphen, campaign_id = agent_id.partition("-")
    if not hyphen or not campaign_id:
        raise AgentNotFound(id=agent_id)
    return campaign_id


async def load_agent(log: Log, org: str, campaign_id: str, agent_id: str) -> Loaded[Agent]:
    return await load(log, agent_address(org, campaign_id, agent_id), decisions.fold, AgentNotFound)


async def start(log: Log, ctx: Context, agent_id: str) -> Saved[Agent]:
    return await _decide(log, ctx, agent_id, decisions.start)


async def stop(log: Log, ctx: Context, agent_id: str) -> Saved[Agent]:
    return await _decide(log, ctx, agent_id, decisions.stop)


async def fail(
    log: Log, ctx: Context, agent_id: str, code: str, params: dict[str, str]
) -> Saved[Agent]:
    return await _decide(log, ctx, agent_id, lambda agent: decisions.fail(agent, code, params))


async def note_source_read(log: Log, ctx: Context, agent_id: str, read: SourceRead) -> Saved[Agent]:
    """The researcher read one more page."""
    return await _decide(log, ctx, agent_id, lambda agent: read)


async def report_activity(
    log: Log,
    ctx: Context,
    agent_id: str,
    code: str,
    status: AgentStatus,
    prospect_id: str | None = None,
    **params: str,
) -> int:
    """Narrates what the agent does now: a code and parameters without personal data."""
    changes = Changes(ctx)
    changes.narrate(
        activity_address(ctx.org, campaign_of(agent_id), agent_id),
        ActivityReported(code=code, params=params, status=status, prospect_id=prospect_id),
    )
    return await log.append(*changes)


async def _decide(
    log: Log, ctx: Context, agent_id: str, decision: Callable[[Agent], Fact | None]
) -> Saved[Agent]:
    campaign_id = campaign_of(agent_id)

    def decide(loaded: Loaded[Agent], changes: Changes) -> None:
        if (fact := decision(loaded.state)) is not None:
            changes.add(agent_address(ctx.org, campaign_id, agent_id), loaded.version, [fact])

    read = partial(load_agent, log, ctx.org, campaign_id, agent_id)
    return await carry_out(log, ctx, read, decide)

"""What people do with campaigns."""

import base64
from collections.abc import Callable
from functools import partial

from events.agent import AgentStarted, AgentStopped
from events.campaign import CampaignFact
from events.fact import Fact
from events.subjects import agent_address, campaign_address
from services.log import Conflict, Log
from services.prospecting import campaign as decisions
from services.prospecting.agent import Agent
from services.prospecting.campaign import Campaign
from services.prospecting.commands import ChangeCampaign, CreateCampaign
from services.prospecting.context import Changes, Context
from services.prospecting.errors import CampaignNotFound, Stale
from services.prospecting.handlers.agents import load_agent
from services.prospecting.handlers.repository import Loaded, Saved, carry_out, load


async def load_campaign(log: Log, org: str, campaign_id: str) -> Loaded[Campaign]:
    address = campaign_address(org, campaign_id)
    return await load(log, address, decisions.fold, CampaignNotFound)


async def create(log: Log, ctx: Context, command: CreateCampaign) -> tuple[str, int]:
    """The new campaign's id, which follows from the command's, and where its fact is."""
    token = base64.b32encode(ctx.command_id.bytes).decode().rstrip("=").lower()
    campaign_id = f"c-{token}"
    changes = Changes(ctx)
    changes.add(campaign_address(ctx.org, campaign_id), 0, [decisions.create(command, ctx.by)])
    try:
        return campaign_id, await log.append(*changes)
    except Conflict:
        return campaign_id, (await load_campaign(log, ctx.org, campaign_id)).events[0].sequence


async def change(
    log: Log, ctx: Context, campaign_id: str, command: ChangeCampaign, version: int | None = None
) -> Saved[Campaign]:
    """Raises `Stale` where `version` is given and is not the campaign's."""

    def decide(loaded: Loaded[Campaign]) -> CampaignFact | None:
        if version is not None and loaded.version != version:
            raise Stale()
        return decisions.change(loaded.state, command)

    return await _decide(log, ctx, campaign_id, decide)


async def start(log: Log, ctx: Context, campaign_id: str) -> tuple[int, int]:
    """How many agents went to work, and where that is in the log."""

    def decide(loaded: Loaded[Campaign], changes: Changes) -> None:
        fact = decisions.start(loaded.state, campaign_id)
        changes.add(campaign_address(ctx.org, campaign_id), loaded.version, [fact])
        for agent in fact.agents:
            address = agent_address(ctx.org, campaign_id, agent.id)
            changes.add(address, 0, [AgentStarted(role=agent.role, name=agent.name)])

    read = partial(load_campaign, log, ctx.org, campaign_id)
    saved = await carry_out(log, ctx, read, decide)
    return len(decisions.ROLES), saved.sequence


async def pause(log: Log, ctx: Context, campaign_id: str) -> Saved[Campaign]:
    return await _decide(log, ctx, campaign_id, lambda loaded: decisions.pause(loaded.state))


async def resume(log: Log, ctx: Context, campaign_id: str) -> Saved[Campaign]:
    return await _decide(log, ctx, campaign_id, lambda loaded: decisions.resume(loaded.state))


async def cancel(log: Log, ctx: Context, campaign_id: str) -> Saved[Campaign]:
    def decide(campaign: Campaign) -> CampaignFact:
        return decisions.cancel(campaign)

    return await _end(log, ctx, campaign_id, decide, AgentStopped(reason="cancelled"))


async def complete(
    log: Log, ctx: Context, campaign_id: str, *, found: int, scored: int, failed: int
) -> Saved[Campaign]:
    """Raises `CampaignEnded` or `NotActive` where it is not to be completed (any more)."""

    def decide(campaign: Campaign) -> CampaignFact:
        return decisions.complete(campaign, found, scored, failed)

    return await _end(log, ctx, campaign_id, decide, AgentStopped(reason="completed"))


async def _decide(
    log: Log,
    ctx: Context,
    campaign_id: str,
    decision: Callable[[Loaded[Campaign]], Fact | None],
) -> Saved[Campaign]:
    def decide(loaded: Loaded[Campaign], changes: Changes) -> None:
        if (fact := decision(loaded)) is not None:
            changes.add(campaign_address(ctx.org, campaign_id), loaded.version, [fact])

    read = partial(load_campaign, log, ctx.org, campaign_id)
    return await carry_out(log, ctx, read, decide)


async def _end(
    log: Log,
    ctx: Context,
    campaign_id: str,
    decision: Callable[[Campaign], CampaignFact],
    stopped: AgentStopped,
) -> Saved[Campaign]:
    """Ends the campaign and stops its working agents, atomically."""

    async def read() -> Loaded[Campaign]:
        loaded = await load_campaign(log, ctx.org, campaign_id)
        agents.clear()
        for agent in loaded.state.agents:
            agents[agent.id] = await load_agent(log, ctx.org, campaign_id, agent.id)
        return loaded

    def decide(loaded: Loaded[Campaign], changes: Changes) -> None:
        address = campaign_address(ctx.org, campaign_id)
        changes.add(address, loaded.version, [decision(loaded.state)])
        for id, agent in agents.items():
            if agent.state.status == "running":
                changes.add(agent_address(ctx.org, campaign_id, id), agent.version, [stopped])

    agents: dict[str, Loaded[Agent]] = {}
    return await carry_out(log, ctx, read, decide)

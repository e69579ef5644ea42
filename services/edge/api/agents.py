"""`/api/agents`: who is at work, and sending them to work or home."""

from typing import Annotated

from fastapi import APIRouter, Query

from events.agent import AgentStatus, status_shown
from projections.agents import AgentView
from services.edge.http.authentication import Viewer
from services.edge.http.commands import Command, OperatorCommand
from services.edge.http.idempotency import IdempotentRoute
from services.edge.http.queries import Read
from services.edge.http.responses import REFUSED, problems
from services.edge.schemas import ShownAgent, agent_name
from services.prospecting.agent import Agent
from services.prospecting.handlers import agents
from services.prospecting.handlers.campaigns import load_campaign
from services.prospecting.handlers.repository import Saved
from services.wording import Language, render

router = APIRouter(
    prefix="/api/agents", tags=["agents"], route_class=IdempotentRoute, responses=REFUSED
)

CampaignId = Annotated[str | None, Query(alias="campaignId")]


def shown(view: AgentView, language: Language) -> ShownAgent:
    """The agent as its organisation reads it."""
    task = view.task
    return ShownAgent(
        id=view.id,
        campaign_id=view.campaign_id,
        role=view.role,
        name=agent_name(view.role, language),
        status=view.status,
        current_task=render(task.code, task.params, language) if task else "",
    )


@router.get("")
async def list_agents(
    principal: Viewer, read: Read, campaign_id: CampaignId = None
) -> list[ShownAgent]:
    """Of one campaign, or of all."""
    views = await read.ask(read.models.agents, principal.org, campaign_id)
    return [shown(view, principal.language) for view in views]


@router.get("/{agent_id}", responses=problems(404))
async def get_agent(agent_id: str, principal: Viewer, read: Read) -> ShownAgent:
    """What it is and does now."""
    return shown(await read.agent(agent_id), principal.language)


@router.post("/{agent_id}/start", responses=problems(404, 409))
async def start_agent(agent_id: str, command: OperatorCommand) -> ShownAgent:
    """Sends it to work again."""
    saved = await agents.start(command.log, command.ctx, agent_id)
    return await _after(command, agent_id, saved, "running")


@router.post("/{agent_id}/stop", responses=problems(404, 409))
async def stop_agent(agent_id: str, command: OperatorCommand) -> ShownAgent:
    """Sends it home until it is started again."""
    saved = await agents.stop(command.log, command.ctx, agent_id)
    return await _after(command, agent_id, saved, "stopped")


async def _after(
    command: Command, agent_id: str, saved: Saved[Agent], status: AgentStatus
) -> ShownAgent:
    """The agent as the command left it, even while the read models are behind."""
    await command.done(saved.sequence)
    campaign_id, agent, read = agents.campaign_of(agent_id), saved.before, command.read
    view = await read.ask(read.models.agent, command.org, agent_id) or AgentView(
        id=agent_id,
        campaign_id=campaign_id,
        role=agent.role,
        name=agent.name,
        status=status,
    )
    campaign = (await load_campaign(command.log, command.org, campaign_id)).state
    true = status_shown(status, paused=campaign.status == "paused")
    return shown(view.model_copy(update={"status": true}), command.principal.language)

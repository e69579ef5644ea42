"""`/api/campaigns/{id}/…`: start, pause, resume and cancel a campaign; retry what failed in it."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from events.fact import Value
from services.edge.http.asked import Asked
from services.edge.http.commands import OperatorCommand
from services.edge.http.idempotency import IdempotentRoute
from services.edge.http.responses import REFUSED, problems
from services.prospecting.handlers import campaigns, prospects
from services.prospecting.handlers.campaigns import load_campaign

router = APIRouter(
    prefix="/api/campaigns", tags=["campaigns"], route_class=IdempotentRoute, responses=REFUSED
)


class Started(BaseModel):
    """Exactly what the frontend's guide shows, snake_case included."""

    status: Literal["started"] = "started"
    agents_count: int = Field(examples=[2])


class Paused(Value):
    status: Literal["paused"] = "paused"


class Resumed(Value):
    status: Literal["resumed"] = "resumed"


class Cancelled(Value):
    status: Literal["cancelled"] = "cancelled"


@router.post("/{campaign_id}/start", responses=problems(404, 409))
async def start_campaign(campaign_id: str, command: OperatorCommand) -> Started:
    """Its agents go to work."""
    count, sequence = await campaigns.start(command.log, command.ctx, campaign_id)
    await command.done(sequence)
    return Started(agents_count=count)


@router.post("/{campaign_id}/pause", responses=problems(404, 409))
async def pause_campaign(campaign_id: str, command: OperatorCommand) -> Paused:
    """Its agents finish what they have in hand, and wait."""
    saved = await campaigns.pause(command.log, command.ctx, campaign_id)
    await command.done(saved.sequence)
    return Paused()


@router.post("/{campaign_id}/resume", responses=problems(404, 409))
async def resume_campaign(campaign_id: str, command: OperatorCommand) -> Resumed:
    """Its agents go on."""
    saved = await campaigns.resume(command.log, command.ctx, campaign_id)
    await command.done(saved.sequence)
    return Resumed()


@router.post("/{campaign_id}/cancel", responses=problems(404, 409))
async def cancel_campaign(campaign_id: str, command: OperatorCommand) -> Cancelled:
    """Ends it for good; what was found stays."""
    saved = await campaigns.cancel(command.log, command.ctx, campaign_id)
    await command.done(saved.sequence)
    return Cancelled()


class RetryAsked(Asked):
    """Which failed prospects to try again; without a body, all."""

    code: str | None = Field(None, max_length=100, examples=["failure.model"])
    """A code of `failure`; all where none is named."""


class Retried(Value):
    retried: int


@router.post("/{campaign_id}/retry", responses=problems(404))
async def retry_campaign(
    campaign_id: str, command: OperatorCommand, body: RetryAsked | None = None
) -> Retried:
    """Every failed prospect, or those that failed for one reason, waits to be scored again."""
    await load_campaign(command.log, command.org, campaign_id)
    code = body.code if body else None
    count = await prospects.retry_failed(command.log, command.ctx, campaign_id, code)
    await command.done((await command.log.head()).last)
    return Retried(retried=count)

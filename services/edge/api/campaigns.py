"""`/api/campaigns`: campaigns described, changed and read."""

import re
from typing import Annotated

from fastapi import APIRouter, Body, Header
from fastapi.openapi.models import Example
from starlette.requests import Request
from starlette.responses import Response

from events.campaign import CampaignFact
from events.fact import Event
from events.subjects import campaign_address
from events.targeting import Targeting
from projections.campaigns import CampaignView, project
from services.edge.api.as_of import AsOf
from services.edge.api.campaign_wishes import CampaignChange, NewCampaign
from services.edge.api.targeting import unknown_values
from services.edge.http.authentication import Viewer
from services.edge.http.commands import Command, OperatorCommand
from services.edge.http.idempotency import IdempotentRoute
from services.edge.http.languages import of as language_of
from services.edge.http.problems import Problem
from services.edge.http.queries import Read
from services.edge.http.responses import REFUSED, problems
from services.edge.http.validation import FieldError
from services.prospecting.handlers import campaigns
from services.wording import render

router = APIRouter(
    prefix="/api/campaigns", tags=["campaigns"], route_class=IdempotentRoute, responses=REFUSED
)
NOT_YET = frozenset({"web"})
"""Sources that are named in the contract and not built."""
_EXAMPLES: dict[str, Example] = {
    "sample": {
        "summary": "The companies that come with Filon",
        "value": {
            "name": "A first look",
            "sources": ["sample"],
            "targeting": {
                "sections": ["J", "M"],
                "headcountBands": ["11", "12"],
                "regions": ["11", "84"],
                "seniorities": ["executive", "director"],
            },
        },
    },
    "list": {
        "summary": "A list of one's own, scored for software makers around Paris",
        "value": {
            "name": "Software, Paris",
            "sources": ["csv"],
            "targeting": {
                "activities": ["62"],
                "departements": ["75", "92"],
                "headcountBands": ["11", "12"],
                "jobTitles": ["directeur technique"],
            },
            "threshold": 70,
        },
    },
}
_ETAG = re.compile(r'(?:W/)?"(\d{1,9})"')


@router.post("", status_code=201)
async def create_campaign(
    body: Annotated[NewCampaign, Body(openapi_examples=_EXAMPLES)],
    request: Request,
    response: Response,
    command: OperatorCommand,
) -> CampaignView:
    """A draft, until it is started."""
    _refuse_unusable(request, body.sources, body.targeting)
    id, sequence = await campaigns.create(command.log, command.ctx, body.wish())
    response.headers["Location"] = f"/api/campaigns/{id}"
    return await _after(command, response, id, sequence)


@router.get("")
async def list_campaigns(principal: Viewer, read: Read) -> list[CampaignView]:
    """Newest first."""
    return await read.ask(read.models.campaigns, principal.org)


@router.get("/{campaign_id}", responses=problems(404))
async def get_campaign(
    campaign_id: str, read: Read, response: Response, past: AsOf
) -> CampaignView:
    """As it is now, its `ETag` guarding a change; or as it stood, without one."""
    if past is not None:
        return await past.campaign(campaign_id)
    view = await read.campaign(campaign_id)
    response.headers["ETag"] = f'"{view.version}"'
    return view


@router.patch("/{campaign_id}", responses=problems(404, 409, 412))
async def change_campaign(
    campaign_id: str,
    body: CampaignChange,
    request: Request,
    response: Response,
    command: OperatorCommand,
    if_match: Annotated[
        str | None,
        Header(
            description="The `ETag` that the change is of.",
            json_schema_extra={"pattern": r'^(\*|(W/)?"[0-9]{1,9}")$'},
        ),
    ] = None,
) -> CampaignView:
    """What is not named stays as it is."""
    _refuse_unusable(request, body.sources or (), body.targeting or Targeting())
    if if_match is None:  # FastAPI takes an empty header for none
        if_match = request.headers.get("if-match")
    version = _version(if_match)
    saved = await campaigns.change(command.log, command.ctx, campaign_id, body.wish(), version)
    return await _after(command, response, campaign_id, saved.sequence)


async def _after(command: Command, response: Response, id: str, sequence: int) -> CampaignView:
    """The campaign as the command left it, even while the read models are behind."""
    await command.done(sequence)
    view = await command.outcome(campaign_address(command.org, id), _fold)
    assert view is not None, "the command was about a campaign that exists"
    read = command.read
    shown = await read.ask(read.models.campaign, command.org, id)
    response.headers["ETag"] = f'"{view.version}"'
    return view.model_copy(update={"metrics": shown.metrics}) if shown else view


def _fold(view: CampaignView | None, event: Event) -> CampaignView | None:
    return project(view, event, event.fact) if isinstance(event.fact, CampaignFact) else view


def _refuse_unusable(request: Request, sources: tuple[str, ...], targeting: Targeting) -> None:
    """Raises `Problem` 422 for a source that is named in the contract and not built, and for codes
    that a targeting makes up."""
    language = language_of(request)
    errors = [
        FieldError(field=f"sources.{index}", message=render("invalid.sourceNotYet", {}, language))
        for index, source in enumerate(sources)
        if source in NOT_YET
    ]
    errors += unknown_values(targeting, language)
    if errors:
        named = ", ".join(error.field for error in errors)
        raise Problem(422, "InvalidFields", {"fields": named}, errors=errors)


def _version(if_match: str | None) -> int | None:
    """None for any version; raises `Problem` 400 for what is no ETag of ours."""
    if if_match is None or if_match.strip() == "*":
        return None
    etag = _ETAG.fullmatch(if_match.strip())
    if etag is None:
        raise Problem(400, "MalformedIfMatch")
    return int(etag[1])

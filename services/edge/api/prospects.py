"""`/api/prospects`: who was found, why they score as they do, and what happened to them."""

import asyncio
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import Field, TypeAdapter
from starlette.requests import Request
from starlette.responses import Response

from events.company import Evidence
from events.fact import Event, Value
from events.prospect import ProspectFact
from events.subjects import Address
from projections.prospects import ProspectView, project
from projections.queries import ProspectQuery
from services.edge.api.as_of import AsOf, refused
from services.edge.api.prospect_history import Happening, told
from services.edge.http import existence
from services.edge.http.authentication import Viewer
from services.edge.http.commands import AdminCommand, Command, OperatorCommand
from services.edge.http.idempotency import IdempotentRoute, forget
from services.edge.http.parts import EdgeParts
from services.edge.http.queries import CURSOR, Read
from services.edge.http.responses import REFUSED, problems
from services.edge.schemas import ShownProspect
from services.prospecting.errors import ProspectNotFound
from services.prospecting.handlers import erasing, prospects
from services.wording import Language, render

router = APIRouter(
    prefix="/api/prospects", tags=["prospects"], route_class=IdempotentRoute, responses=REFUSED
)
TOTAL = "Filon-Total"
_LIST = TypeAdapter(list[ShownProspect])


class ProspectSearch(ProspectQuery):
    """Which prospects, and which page of them."""

    min_score: int | None = Field(None, ge=0, le=100)
    q: str = Field("", max_length=200)
    page: int = Field(1, ge=1, le=1_000_000)
    total: bool = False
    """Whether `Filon-Total` shall say how many there are on all pages."""


class ProspectDetail(ShownProspect):
    """A prospect with what its page adds."""

    source: str = ""
    source_url: str = ""
    failure: str | None = None
    """Why it could not be scored."""
    evidence: tuple[Evidence, ...] = ()
    """The quoted words that its score rests on."""
    model: str | None = None
    """The language model that found them; `offline` is the deterministic one."""
    extra: dict[str, str] = {}
    """What lists said in columns that no field of ours stands for, under those columns' names."""
    record_id: str = ""
    """What the program calls the record that a list came from, where it is about no contact."""


class Erased(Value):
    id: str
    status: str = "erased"


def detail(view: ProspectView, language: Language) -> ProspectDetail:
    """The prospect as its organisation reads it."""
    failure = view.failure
    return ProspectDetail(
        **dict(ShownProspect.of(view, language)),
        source=view.source,
        source_url=view.source_url,
        failure=render(failure.code, failure.params, language) if failure else None,
        evidence=view.evidence,
        model=view.model,
        extra=view.extra,
        record_id=view.record_id,
    )


@router.get("", response_model=list[ShownProspect])
async def search_prospects(
    request: Request,
    response: Response,
    principal: Viewer,
    read: Read,
    asked: Annotated[ProspectSearch, Query()],
) -> Response:
    """An array; the next page is in `Link`."""
    if "asOf" in request.query_params:  # the present must not pass for the past
        raise refused(request, "invalid.asOfNotYet")

    def answer() -> tuple[bytes, bool, int | None]:
        page = read.models.prospects(principal.org, asked)
        shown = [ShownProspect.of(view, principal.language) for view in page.items]
        total = read.models.count(principal.org, asked) if asked.total else None
        return _LIST.dump_json(shown, by_alias=True), page.more, total

    body, more, total = await read.ask(answer)
    headers = {"Link": _next(request, asked)} if more else {}
    if total is not None:
        headers[TOTAL] = str(total)
    headers[CURSOR] = response.headers[CURSOR]
    return Response(body, headers=headers, media_type="application/json")


def _next(request: Request, asked: ProspectSearch) -> str:
    others = [(k, v) for k, v in request.query_params.multi_items() if k != "page"]
    return f'<{request.url.path}?{urlencode([*others, ("page", asked.page + 1)])}>; rel="next"'


@router.get("/{prospect_id}", responses=problems(404))
async def get_prospect(
    prospect_id: str, principal: Viewer, read: Read, past: AsOf
) -> ProspectDetail:
    """With the evidence that its score rests on; as it is now, or as it stood."""
    if past is not None:
        return detail(await past.prospect(prospect_id), principal.language)
    return detail(await read.prospect(prospect_id), principal.language)


@router.get("/{prospect_id}/history", responses=problems(404))
async def get_prospect_history(
    prospect_id: str, parts: EdgeParts, principal: Viewer, _read: Read
) -> list[Happening]:
    """Its facts in order, from the log."""
    newest = await existence.prospect(parts.log, principal.org, prospect_id)
    events = await parts.log.load(str(newest.address))
    return [told(event, parts.consistency, principal.language) for event in events]


@router.post("/{prospect_id}/retry", responses=problems(404, 409))
async def retry_prospect(prospect_id: str, command: OperatorCommand) -> ProspectDetail:
    """The prospect as it waits to be scored again."""
    address = (await existence.prospect(command.log, command.org, prospect_id)).address
    saved = await prospects.retry(command.log, command.ctx, address.campaign, prospect_id)
    await command.done(saved.sequence)
    return detail(await _left(command, address), command.principal.language)


@router.delete("/{prospect_id}", responses=problems(404))
async def erase_prospect(prospect_id: str, command: AdminCommand) -> Erased:
    """Removes all that is known of it, for good; it is never found again."""
    address = (await existence.erasable(command.log, command.org, prospect_id)).address
    sequence = await erasing.erase(
        command.log, command.ctx, command.parts.identity, address.campaign, prospect_id
    )
    await asyncio.to_thread(forget, command.parts.engine, f"/api/prospects/{prospect_id}")
    await command.done(sequence)
    return Erased(id=prospect_id)


async def _left(command: Command, address: Address) -> ProspectView:
    """As the command left it; raises `ProspectNotFound` for what was erased since."""
    view = await command.outcome(address, _fold)
    if view is None:
        raise ProspectNotFound(id=address.id)
    return view


def _fold(view: ProspectView | None, event: Event) -> ProspectView | None:
    return project(view, event, event.fact) if isinstance(event.fact, ProspectFact) else view

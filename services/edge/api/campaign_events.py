"""A campaign's facts as JSON lines, straight from the log."""

from collections.abc import AsyncIterator, Sequence
from typing import Annotated

import orjson
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import StreamingResponse

from events.catalogue import FACTS, encode
from events.fact import Event
from events.subjects import everything
from services.edge.cursor import Cursor
from services.edge.http import existence
from services.edge.http.authentication import Viewer
from services.edge.http.consistency import Consistency
from services.edge.http.languages import of as language_of
from services.edge.http.parts import EdgeParts
from services.edge.http.problems import Problem
from services.edge.http.queries import CURSOR_PATTERN, Read
from services.edge.http.responses import REFUSED, problems
from services.edge.http.validation import FieldError
from services.log import Log
from services.wording import render

router = APIRouter(prefix="/api/campaigns", tags=["campaigns"], responses=REFUSED)


@router.get(
    "/{campaign_id}/events",
    responses={200: {"content": {"application/x-ndjson": {}}}, **problems(404)},
    response_class=StreamingResponse,
)
async def read_campaign_events(
    campaign_id: str,
    request: Request,
    parts: EdgeParts,
    principal: Viewer,
    _read: Read,
    after: Annotated[
        str | None,
        Query(
            description="A cursor; what follows it.", json_schema_extra={"pattern": CURSOR_PATTERN}
        ),
    ] = None,
    types: Annotated[
        str | None,
        Query(
            description="Names of facts, comma-separated.",
            max_length=2000,
            examples=["ProspectScored,ProspectFailed"],
        ),
    ] = None,
) -> StreamingResponse:
    """The campaign's facts, one JSON object a line, up to now."""
    log = parts.log
    await existence.campaign(log, principal.org, campaign_id)
    names = _names(request, types)
    start, last = await _span(log, after)
    filters = [everything(principal.org, campaign_id, event_type=name) for name in names]
    lines = _lines(log, parts.consistency, start, last, filters)
    return StreamingResponse(lines, media_type="application/x-ndjson")


async def _span(log: Log, after: str | None) -> tuple[int, int]:
    """From where to where; raises `MalformedCursor` or `Problem`."""
    head = await log.head()
    if after is None:
        return 0, head.last
    cursor = Cursor.parse(after)
    if cursor.epoch != head.epoch or cursor.sequence > head.last:
        raise Problem(409, "OtherEpoch")
    if cursor.sequence < head.floor:
        raise Problem(409, "CursorExpired")
    return cursor.sequence, head.last


def _names(request: Request, types: str | None) -> list[str]:
    """Each once, `*` for all; raises `Problem` 422 for a name that is no fact's."""
    if types is None:
        return ["*"]
    names = list(dict.fromkeys(name.strip() for name in types.split(",") if name.strip()))
    unknown = [name for name in names if name not in FACTS]
    if unknown or not names:
        known = {"expected": ", ".join(sorted(FACTS))}
        message = render("invalid.typesUnknown", known, language_of(request))
        error = FieldError(field="types", message=message)
        raise Problem(422, "InvalidFields", {"fields": "types"}, errors=[error])
    return names


async def _lines(
    log: Log, consistency: Consistency, after: int, last: int, filters: Sequence[str]
) -> AsyncIterator[bytes]:
    if after >= last:
        return
    async for batch in log.read(after, filters, last):
        lines = [_line(event, consistency) for event in batch.events if event.sequence <= last]
        if lines:
            yield b"".join(lines)


def _line(event: Event, consistency: Consistency) -> bytes:
    """The envelope, then the fact as it is stored."""
    _, campaign, kind, id = event.originator_id.split("/")
    shown = {
        "cursor": consistency.cursor(event.sequence),
        "id": str(event.id),
        "type": type(event.fact).__name__,
        "at": event.at,
        "campaignId": campaign,
        "aggregate": {"kind": kind, "id": id, "version": event.originator_version},
        "correlationId": str(event.correlation_id),
        "causationId": str(event.causation_id),
        "data": orjson.Fragment(encode(event.fact)),
    }
    return orjson.dumps(shown) + b"\n"

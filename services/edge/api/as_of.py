"""`asOf=`: a campaign or a prospect as it stood, from the log.

By the library's repository over the edge's own connection, in two threads of its own: a past that
is long to fold holds up neither the event loop nor what is asked of the read models.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeVar

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from projections.campaigns import CampaignView
from projections.prospects import ProspectView
from services.edge.cursor import Cursor, MalformedCursor
from services.edge.http.authentication import Viewer
from services.edge.http.languages import of as language_of
from services.edge.http.parts import EdgeParts
from services.edge.http.problems import Problem
from services.edge.http.queries import CURSOR
from services.edge.http.validation import FieldError
from services.history import FilonHistory, Moment
from services.history.pages import campaign_page, prospect_page
from services.log import Log
from services.prospecting.errors import CampaignNotFound, ProspectNotFound
from services.wording import render

V = TypeVar("V")
_THREADS = ThreadPoolExecutor(2, thread_name_prefix="as-of")


@dataclass(frozen=True, slots=True)
class Past:
    """What one organisation asks of one moment."""

    org: str
    moment: Moment
    cursor: str | None
    """As it was sent; none for an instant."""
    _log: Log
    _response: Response

    async def campaign(self, id: str) -> CampaignView:
        """With its counts; raises `CampaignNotFound` before it was created."""
        view = await self._ask(campaign_page, id)
        if view is None:
            raise CampaignNotFound(id=id)
        return view

    async def prospect(self, id: str) -> ProspectView:
        """Raises `ProspectNotFound` before it was found, and for whoever was erased since."""
        view = await self._ask(prospect_page, id)
        if view is None:
            raise ProspectNotFound(id=id)
        return view

    async def _ask(
        self, page: Callable[[FilonHistory, str, str, Moment], V | None], id: str
    ) -> V | None:
        history = FilonHistory(log=self._log)
        loop = asyncio.get_running_loop()
        view = await loop.run_in_executor(_THREADS, page, history, self.org, id, self.moment)
        self._mark()
        return view

    def _mark(self) -> None:
        """The stream goes on from the moment, not from where the read models are."""
        if self.cursor is not None:
            self._response.headers[CURSOR] = self.cursor
        else:
            with suppress(KeyError):
                del self._response.headers[CURSOR]


async def _past(
    request: Request,
    response: Response,
    principal: Viewer,
    parts: EdgeParts,
    as_of: Annotated[
        str | None,
        Query(
            alias="asOf",
            description="As it stood then: an ISO 8601 instant with its offset, or a cursor.",
            max_length=200,
            examples=["2026-11-24T09:30:00Z"],
        ),
    ] = None,
) -> Past | None:
    if as_of is None:
        return None
    log = parts.log
    try:
        cursor = Cursor.parse(as_of)
    except MalformedCursor:
        return Past(principal.org, Moment(at=_instant(request, as_of)), None, log, response)
    return Past(principal.org, await _place(log, cursor), as_of, log, response)


AsOf = Annotated[Past | None, Depends(_past)]


async def _place(log: Log, cursor: Cursor) -> Moment:
    """Raises `Problem` 409 for another epoch, or one that can't be replayed in full any more."""
    head = await log.head()
    if cursor.epoch != head.epoch or cursor.sequence > head.last:
        raise Problem(409, "OtherEpoch")
    if cursor.sequence < head.floor:
        raise Problem(409, "CursorExpired")
    return Moment(sequence=cursor.sequence)


def _instant(request: Request, text: str) -> datetime:
    """A `+` that nobody escaped arrives as a blank. Raises `Problem` 422."""
    with suppress(ValueError):
        at = datetime.fromisoformat(text.replace(" ", "+"))
        if at.tzinfo is not None:
            return at
    raise refused(request, "invalid.asOf")


def refused(request: Request, code: str) -> Problem:
    """The parameter is at fault, and `code` says why."""
    error = FieldError(field="asOf", message=render(code, {}, language_of(request)))
    return Problem(422, "InvalidFields", {"fields": "asOf"}, errors=[error])

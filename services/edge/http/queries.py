"""What a read asks of the read models: as fresh as its caller says, and never wrong about what
exists (see `consistency`)."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, ParamSpec, TypeVar

from fastapi import Depends, Header
from starlette.responses import Response

from projections.agents import AgentView
from projections.campaigns import CampaignView
from projections.prospects import ProspectView
from services.edge.cursor import Cursor
from services.edge.http import existence
from services.edge.http.authentication import Viewer
from services.edge.http.consistency import behind
from services.edge.http.parts import EdgeParts, Parts
from services.edge.http.problems import Problem
from services.log import Log, Newest

P = ParamSpec("P")
R = TypeVar("R")
V = TypeVar("V")

CURSOR = "Filon-Cursor"
CURSOR_PATTERN = "^[A-Za-z0-9_-]{4,128}$"
"""Of a cursor, for the API's description; `Cursor.parse` is what decides."""


class Queries:
    """The read models for one organisation; each question is asked in a thread."""

    def __init__(self, parts: Parts, org: str) -> None:
        self.models = parts.read_models
        self._org, self._log, self._consistency = org, parts.log, parts.consistency

    async def ask(self, question: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The read models' answer as it is now."""
        return await asyncio.to_thread(question, *args, **kwargs)

    async def campaign(self, id: str) -> CampaignView:
        """Raises `CampaignNotFound`, `Problem` 503 while the read models lack it."""
        return await self._shown(self.models.campaign, id, existence.campaign)

    async def agent(self, id: str) -> AgentView:
        """Raises `AgentNotFound`, `Problem` 503 while the read models lack it."""
        return await self._shown(self.models.agent, id, existence.agent)

    async def prospect(self, id: str) -> ProspectView:
        """Raises `ProspectNotFound`, `Problem` 503 while the read models lack it. The log is asked
        first: whoever was erased is not shown once more by read models that lag."""
        await existence.prospect(self._log, self._org, id)
        return await self._shown(self.models.prospect, id, existence.prospect)

    async def _shown(
        self,
        question: Callable[[str, str], V | None],
        id: str,
        newest: Callable[[Log, str, str], Awaitable[Newest]],
    ) -> V:
        if (view := await self.ask(question, self._org, id)) is not None:
            return view
        await self._consistency.require((await newest(self._log, self._org, id)).sequence)
        if (view := await self.ask(question, self._org, id)) is not None:
            return view
        await newest(self._log, self._org, id)  # it may have been erased while this waited
        raise behind()


async def _read(
    parts: EdgeParts,
    response: Response,
    principal: Viewer,
    filon_after: Annotated[
        str | None,
        Header(
            description="A `Filon-Cursor`: the answer holds what it stands for.",
            json_schema_extra={"pattern": CURSOR_PATTERN},
        ),
    ] = None,
) -> Queries:
    """Raises `MalformedCursor`, `Problem`: 409 for another epoch, 503 when the read models stay
    behind.

    The answer's cursor is where the read models are at least: the stream, followed from there,
    tells all that the answer does not hold yet.
    """
    consistency = parts.consistency
    if filon_after is not None:
        cursor = Cursor.parse(filon_after)
        if cursor.epoch != consistency.epoch:
            raise Problem(409, "OtherEpoch")
        await consistency.require(cursor.sequence)
    response.headers[CURSOR] = consistency.cursor(consistency.sequence)
    return Queries(parts, principal.org)


Read = Annotated[Queries, Depends(_read)]

"""What a read asks of the read models: to be as fresh as the reader's last command."""

import asyncio
from collections.abc import Callable
from typing import Annotated, ParamSpec, TypeVar

from fastapi import Depends, Header
from starlette.requests import Request
from starlette.responses import Response

from projections.queries import ReadModels
from services.edge.cursor import Cursor
from services.edge.http.consistency import ReadModelProgress
from services.edge.http.problems import Problem

P = ParamSpec("P")
R = TypeVar("R")

PATTERN = "^[A-Za-z0-9_-]{4,128}$"
"""Of a cursor, for the API's description; `Cursor.parse` is what decides."""
WITHIN = 5.0
"""Seconds to wait for what `Filon-After` names."""


CURSOR = "Filon-Cursor"


class Queries:
    """The read models, far enough on; each question is asked in a thread."""

    def __init__(self, models: ReadModels) -> None:
        self.models = models

    async def ask(self, question: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return await asyncio.to_thread(question, *args, **kwargs)


async def _reading(
    request: Request,
    response: Response,
    filon_after: Annotated[
        str | None,
        Header(
            description="A `Filon-Cursor`: the answer holds what it stands for.",
            json_schema_extra={"pattern": PATTERN},
        ),
    ] = None,
) -> Queries:
    """Raises `Problem`: 409 for another epoch, 503 when the read models stay behind.

    The answer's cursor is where the read models are at least: the stream, followed from there,
    tells all that the answer does not hold yet.
    """
    state = request.app.state
    if filon_after is not None:
        await wait_for(state.positions, Cursor.parse(filon_after))
    response.headers[CURSOR] = state.positions.cursor(state.positions.sequence)
    return Queries(state.read_models)


async def wait_for(positions: ReadModelProgress, cursor: Cursor) -> None:
    if cursor.epoch != positions.epoch:
        raise Problem(409, "OtherEpoch")
    if not await positions.reached(cursor.sequence, WITHIN):
        raise Problem(503, "ReadModelsBehind", headers={"Retry-After": "1"})


Read = Annotated[Queries, Depends(_reading)]

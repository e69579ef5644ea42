"""What every command has: its circumstances, and an answer that waits for the read models."""

import re
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import BackgroundTasks, Depends, Header
from starlette.requests import Request
from starlette.responses import Response

from services.accounts import Principal
from services.edge.answers import announce
from services.edge.http.authentication import Admin, Operator
from services.edge.http.consistency import ReadModelProgress
from services.edge.http.correlation import correlation
from services.edge.http.queries import CURSOR
from services.log import Log
from services.prospecting.context import Context
from services.tracing import current

WITHIN = 1.0
"""Seconds that an answer waits for the read models at most."""
_TRACEPARENT = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


@dataclass(frozen=True, slots=True)
class Command:
    """One person's wish."""

    principal: Principal
    ctx: Context
    log: Log
    _positions: ReadModelProgress
    _response: Response

    async def done(self, sequence: int) -> None:
        """The answer may be read now: the read models hold the facts, or a second has passed."""
        await self._positions.reached(sequence, WITHIN)
        self._response.headers[CURSOR] = self._positions.cursor(sequence)


def _command(
    request: Request, response: Response, afterwards: BackgroundTasks, principal: Principal
) -> Command:
    """Once the answer has left, what the command caused may be told."""
    state = request.app.state
    ctx = _context(request, principal)
    afterwards.add_task(announce, state.log, ctx.org, ctx.correlation_id)
    return Command(principal, ctx, state.log, state.positions, response)


def _context(request: Request, principal: Principal) -> Context:
    """The command's id follows from its Idempotency-Key, else it is the request's."""
    kept: UUID | None = getattr(request.state, "command_id", None)
    traceparent = current() or request.headers.get("traceparent", "")
    return Context.of_person(
        principal.org,
        principal.user_id,
        kept or UUID(correlation.get()),
        traceparent if _TRACEPARENT.fullmatch(traceparent) else None,
    )


_Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="For 24 h, the same request under the same key has one effect and one answer.",
        json_schema_extra={"pattern": "^[!-~]{1,255}$"},
    ),
]


async def _operators(
    request: Request,
    response: Response,
    afterwards: BackgroundTasks,
    principal: Operator,
    _key: _Key = None,
) -> Command:
    return _command(request, response, afterwards, principal)


async def _admins(
    request: Request,
    response: Response,
    afterwards: BackgroundTasks,
    principal: Admin,
    _key: _Key = None,
) -> Command:
    return _command(request, response, afterwards, principal)


OperatorCommand = Annotated[Command, Depends(_operators)]
AdminCommand = Annotated[Command, Depends(_admins)]

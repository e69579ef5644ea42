"""What every command has: who sends it under which id, and an answer that can be read.

A command decides from the log alone; no read model is asked whether something exists.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import BackgroundTasks, Depends, Header
from starlette.requests import Request
from starlette.responses import Response

from events.fact import Event
from events.subjects import Address
from services.accounts import Principal
from services.edge.answers import announce
from services.edge.http.authentication import Admin, Operator
from services.edge.http.consistency import COMMAND_WAITS_S
from services.edge.http.correlation import correlation
from services.edge.http.parts import EdgeParts, Parts
from services.edge.http.queries import CURSOR, Queries
from services.log import Log
from services.prospecting.context import Context
from services.tracing import current

V = TypeVar("V")

_TRACEPARENT = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


@dataclass(frozen=True, slots=True)
class Command:
    """What one person wants done."""

    principal: Principal
    ctx: Context
    parts: Parts
    _response: Response

    @property
    def log(self) -> Log:
        """Where its facts go."""
        return self.parts.log

    @property
    def org(self) -> str:
        """Whose campaigns it may touch."""
        return self.principal.org

    @property
    def read(self) -> Queries:
        """The read models as they are by now."""
        return Queries(self.parts, self.org)

    async def done(self, sequence: int) -> None:
        """The answer may leave: the read models hold its facts, or `COMMAND_WAITS_S` have passed
        and the cursor that it carries says what to wait for."""
        consistency = self.parts.consistency
        await consistency.reached(sequence, COMMAND_WAITS_S)
        self._response.headers[CURSOR] = consistency.cursor(sequence)

    async def outcome(
        self, address: Address, fold: Callable[[V | None, Event], V | None]
    ) -> V | None:
        """What the command left under `address`, folded from the log."""
        view: V | None = None
        for event in await self.log.load(str(address)):
            view = fold(view, event)
        return view


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


class _Sending:
    """One sending of a command, whoever it is from."""

    def __init__(
        self,
        parts: EdgeParts,
        request: Request,
        response: Response,
        afterwards: BackgroundTasks,
        _key: _Key = None,
    ) -> None:
        self._parts, self._request, self._response = parts, request, response
        self._afterwards = afterwards

    def command(self, principal: Principal) -> Command:
        """Once its answer has left, what it caused may be told to browsers."""
        ctx = _context(self._request, principal)
        self._afterwards.add_task(announce, self._parts.log, ctx.org, ctx.correlation_id)
        return Command(principal, ctx, self._parts, self._response)


async def _operators(sending: Annotated[_Sending, Depends()], principal: Operator) -> Command:
    return sending.command(principal)


async def _admins(sending: Annotated[_Sending, Depends()], principal: Admin) -> Command:
    return sending.command(principal)


OperatorCommand = Annotated[Command, Depends(_operators)]
AdminCommand = Annotated[Command, Depends(_admins)]

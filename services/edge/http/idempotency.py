"""`Idempotency-Key`: the same request, sent again within a day, has the same answer and one effect.

The command's id follows from person, route and key, and an event's id from its command's. So two
that are under way at once, or one sent again after a crash between append and answer, append once;
the table only keeps the answer, and what was asked.
"""

import asyncio
import hashlib
import json
import re
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import Response

from services.accounts.tables import answers
from services.database import traces
from services.edge.http.authentication import SAFE, identify
from services.edge.http.parts import parts_of
from services.edge.http.problems import Problem
from services.prospecting.errors import Refused

HEADER = "idempotency-key"
KEPT_S = 24 * 3600
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_NAMESPACE = UUID("6f1a4c7e-52b1-4d39-9a37-3b7f2f1f9d10")
_OF_THE_SENDING = frozenset({"content-length", "date", "connection", "transfer-encoding"})
"""Headers that belong to one sending of an answer; all others are repeated with it."""


@dataclass(frozen=True, slots=True)
class Once:
    """One key of one person on one route."""

    engine: Engine
    user_id: str
    route: str
    key: str

    @property
    def command_id(self) -> UUID:
        """The same for each sending, so that the log has one effect of all of them."""
        return uuid5(_NAMESPACE, "\x1f".join((self.user_id, self.route, self.key)))

    def claim(self, digest: str) -> Response | None:
        """The answer that was given before, if there was one; raises `Problem` 422 where the key
        belongs to another request."""
        now = time.time()
        row = {**self._row(), "digest": digest, "at": now}
        try:
            with self.engine.begin() as connection:
                connection.execute(delete(answers).where(answers.c.at < now - KEPT_S))
                connection.execute(insert(answers).values(row))
        except IntegrityError:
            return self._kept(digest)
        return None

    def keep(self, response: Response) -> None:
        """Sets the answer down, with each header that the route gave it."""
        kept = {k: v for k, v in response.headers.items() if k not in _OF_THE_SENDING}
        told = {
            "status": str(response.status_code),
            "headers": json.dumps(kept),
            "body": bytes(response.body),
        }
        with self.engine.begin() as connection:
            connection.execute(update(answers).where(*self._where()).values(told))

    def release(self) -> None:
        """Nothing was done: the key is free for a corrected request."""
        open_claim = (*self._where(), answers.c.status.is_(None))
        with self.engine.begin() as connection:
            connection.execute(delete(answers).where(*open_claim))

    def _kept(self, digest: str) -> Response | None:
        with self.engine.connect() as connection:
            row = connection.execute(select(answers).where(*self._where())).one_or_none()
        if row is not None and row.digest != digest:
            raise Problem(422, "KeyReused")
        if row is None or row.status is None:
            return None
        return Response(row.body, int(row.status), json.loads(row.headers))

    def _row(self) -> dict[str, object]:
        return {"user_id": self.user_id, "route": self.route, "key": self.key}

    def _where(self) -> tuple[Any, ...]:
        return tuple(answers.c[name] == value for name, value in self._row().items())


def forget(engine: Engine, path: str) -> None:
    """Kept answers of commands below `path` tell of somebody who was erased."""
    told = answers.c.route.contains(f" {path}/", autoescape=True)
    with engine.begin() as connection:
        if connection.execute(delete(answers).where(told)).rowcount:
            traces.note(connection, answers)


def once(request: Request) -> Once | None:
    """None where the request names no key; raises `Problem` 400 for one that is none."""
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not _KEY.fullmatch(key):
        raise Problem(400, "MalformedIdempotencyKey")
    route = f"{request.method} {request.url.path}"
    return Once(parts_of(request).engine, identify(request).user_id, route, key)


async def _digest(request: Request) -> str:
    """Of what is asked: the body, and which version it is about."""
    version = repr(request.headers.get("if-match")).encode()
    return hashlib.sha256(version + b"\0" + await request.body()).hexdigest()


class IdempotentRoute(APIRoute):
    """A route whose unsafe methods heed the key.

    Its handler raises what the route raises, `Problem` for a key that can't be used, and
    `TimeoutError` where the log is away for long.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        carry_out = super().get_route_handler()

        async def handle(request: Request) -> Response:
            if request.method in SAFE:
                return await carry_out(request)
            in_time = parts_of(request).under_way.in_time
            named = once(request)
            if named is None:
                return await in_time(carry_out(request))
            request.state.command_id = named.command_id
            before = await asyncio.to_thread(named.claim, await _digest(request))
            if before is not None:
                return before
            try:
                response = await in_time(carry_out(request))
            except (Problem, Refused, RequestValidationError):
                await asyncio.to_thread(named.release)
                raise
            await asyncio.to_thread(named.keep, response)
            return response

        return handle

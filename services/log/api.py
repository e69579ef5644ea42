"""The JetStream API as plain requests, where nats-py's own calls lack a field or are too slow."""

import asyncio
import json
from typing import Any

from nats.aio.client import Client
from nats.errors import ConnectionClosedError, NoRespondersError
from nats.errors import TimeoutError as NatsTimeout

from services.log.errors import Conflict, LogFull, Refused, TooManyEvents

Answer = dict[str, Any]

UNREACHABLE = (NatsTimeout, asyncio.TimeoutError, NoRespondersError, ConnectionClosedError, OSError)
"""What a request raises when the server is away; its effect is then unknown."""

WRONG_SEQUENCE = frozenset({10071, 10164})
"""The expected last sequence is not the subject's."""
DUPLICATE_IN_BATCH = 10201
STREAM_NOT_FOUND = 10059
_ANSWER = 5.0
"""Seconds to wait for the server."""
_FULL = frozenset({10047, 10077, 10023, 10122})
_TOO_MANY = frozenset({10199})


def error_of(answer: Answer) -> Exception | None:
    """The exception that an answer's error stands for; none for a success."""
    error = answer.get("error")
    if error is None:
        return None
    code, words = error.get("err_code", 0), error.get("description", "")
    if code in WRONG_SEQUENCE:
        return Conflict(words)
    if code in _FULL or "maximum" in words or "insufficient" in words:
        return LogFull(f"{words}: {LogFull.__doc__}")
    if code in _TOO_MANY:
        return TooManyEvents(TooManyEvents.__doc__)
    return Refused(f"{code} {words}")


async def call(nc: Client, name: str, body: Answer | None = None) -> Answer:
    """`$JS.API.<name>`; raises what the answer's error stands for."""
    payload = json.dumps(body).encode() if body is not None else b""
    reply = await nc.request(f"$JS.API.{name}", payload, timeout=_ANSWER)
    answer: Answer = json.loads(reply.data)
    if (error := error_of(answer)) is not None:
        raise error
    return answer

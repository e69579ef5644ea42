"""The JetStream API as plain requests, where nats-py's own calls lack a field or are too slow."""

import base64
from collections.abc import Mapping
from typing import Any

from services.log.errors import (
    Conflict,
    LogFull,
    Missing,
    RequestRefused,
    TooManyEvents,
    Unavailable,
)
from services.log.jetstream.connection import UNREACHABLE, NatsConnection
from services.log.jetstream.message import Message, parse_headers

Answer = dict[str, Any]

WRONG_SEQUENCE = frozenset({10071, 10164})
"""The expected last sequence is not the subject's, or a write to it is still under way."""
DUPLICATE_IN_BATCH = 10201
TRANSIENT = frozenset({10008, 10026, 10118, 10158, 10175, 10176, 10210, 10211})
"""A leader is being elected, or a batch was cut or has too many others beside it, or the very same
message is under way and replicas are away (10158), or there are as many consumers as the server
allows (10026): send it again."""
_MISSING = frozenset({10014, 10037, 10059})
_FULL = frozenset({10023, 10047, 10077, 10122})
_TOO_MANY = frozenset({10199})


class Transient(RequestRefused):
    """The server can't just now."""


def error_of(answer: Answer) -> Exception | None:
    """The exception that an answer's error stands for; none for a success."""
    error = answer.get("error")
    if error is None:
        return None
    code, words = error.get("err_code", 0), error.get("description", "")
    if code in WRONG_SEQUENCE or code == DUPLICATE_IN_BATCH:
        return Conflict(f"{Conflict.__doc__} ({words})")
    if code in _FULL:
        return LogFull(f"{LogFull.__doc__} ({words})")
    if code in _TOO_MANY:
        return TooManyEvents(TooManyEvents.__doc__)
    kind = Transient if code in TRANSIENT else Missing if code in _MISSING else RequestRefused
    return kind(f"{code} {words}")


async def call(nc: NatsConnection, name: str, body: object = None, within: float = 5) -> Answer:
    """`$JS.API.<name>`; raises what the answer's error stands for, or `Unavailable`."""
    try:
        answer: Answer = await nc.ask_json(f"$JS.API.{name}", body, within)
    except UNREACHABLE as lost:
        raise Unavailable(Unavailable.__doc__) from lost
    if (error := error_of(answer)) is not None:
        raise error
    return answer


async def get_from_leader(
    nc: NatsConnection, stream: str, ask: Mapping[str, object]
) -> Message | None:
    """One message as the stream's leader has it, which no replica that lags behind can answer;
    raises `Unavailable`, `RequestRefused`."""
    try:
        kept = (await call(nc, f"STREAM.MSG.GET.{stream}", ask))["message"]
    except Missing:
        return None
    headers = parse_headers(base64.b64decode(kept.get("hdrs", "")))
    return Message(kept["subject"], headers, base64.b64decode(kept.get("data", "")), kept["seq"])


async def all_from_leader(nc: NatsConnection, stream: str, pattern: str) -> list[Message]:
    """All messages on `pattern` as the stream's leader has them, a request for each; raises
    `Unavailable`."""
    found: list[Message] = []
    after = 0
    while message := await get_from_leader(nc, stream, {"seq": after + 1, "next_by_subj": pattern}):
        found.append(message)
        after = message.sequence
    return found

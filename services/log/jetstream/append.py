"""One append: its messages, what they expect, and how they go out on the wire.

One message is a plain publish; several are an atomic batch (NATS ADR-50).
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from services.log.errors import Conflict
from services.log.jetstream.api import Answer, error_of
from services.log.jetstream.connection import NatsConnection
from services.log.jetstream.message import Draft

MOST = 1000
"""Events in one atomic batch; the server's limit."""
_ANSWER_S = 3.0
"""Seconds to wait for an acknowledgement before reading back what became of the append."""


class Expectation(NamedTuple):
    """That `sequence` is the last one on `pattern`; 0 is nothing yet."""

    pattern: str
    sequence: int

    @property
    def headers(self) -> str:
        return (
            f"Nats-Expected-Last-Subject-Sequence: {self.sequence}\r\n"
            f"Nats-Expected-Last-Subject-Sequence-Subject: {self.pattern}\r\n"
        )


def _future() -> "asyncio.Future[int]":
    return asyncio.get_running_loop().create_future()


@dataclass(eq=False, slots=True)
class Append:
    """The messages of one command; the first of each aggregate says what it expects."""

    drafts: Sequence[Draft]
    expectations: Mapping[int, Expectation]
    """By index into `drafts`."""
    done: "asyncio.Future[int]" = field(default_factory=_future)
    """Its first message's sequence."""

    def stored_at(self, first: int) -> None:
        if not self.done.done():
            self.done.set_result(first)

    def failed(self, error: Exception) -> None:
        if not self.done.done():
            self.done.set_exception(error)


async def send(nc: NatsConnection, batch: str, appends: Sequence[Append]) -> Answer:
    """Publishes them as one atomic whole and returns the server's answer; raises one of
    `UNREACHABLE`. `batch` is a name that no other batch ever had."""
    count = sum(len(append.drafts) for append in appends)
    number = 0
    last, headers = appends[-1].drafts[-1], ""
    for append in appends:
        for index, draft in enumerate(append.drafts):
            number += 1
            headers = draft.headers
            if (expected := append.expectations.get(index)) is not None:
                headers += expected.headers
            if count > 1:
                headers += f"Nats-Batch-Id: {batch}\r\nNats-Batch-Sequence: {number}\r\n"
            if number < count:
                await nc.send(draft.subject, draft.data, headers)
    if count > 1:
        headers += "Nats-Batch-Commit: 1\r\n"
    _, data = await nc.ask(last.subject, last.data, headers, within=_ANSWER_S)
    answer: Answer = json.loads(data)
    return answer


def fail(appends: Sequence[Append], error: Exception) -> None:
    """Nobody waits for ever: those that are not settled yet hear of the error."""
    for append in appends:
        append.failed(error)


def is_refusal(answer: Answer) -> bool:
    """Because of what is stored already, not for want of space or of a leader."""
    error = error_of(answer)
    return error is None or isinstance(error, Conflict)

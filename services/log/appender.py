"""Appending, all or nothing, with optimistic concurrency and group commit.

One event is a plain publish; several are an atomic batch (NATS ADR-50). Commands that arrive while
an append is under way share the next batch, at most one of them for each aggregate, since the
server checks expectations against what was stored before the batch. An error does not say whose
expectation failed: each command of a failed batch is then sent alone.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from nats.aio.client import Client

from services.log.api import DUPLICATE_IN_BATCH, UNREACHABLE, Answer, error_of
from services.log.errors import Conflict, LogFull, Refused, TooManyEvents, Unavailable
from services.log.message import Message
from services.log.reader import Reader

MOST = 1000
"""Events in one atomic batch; the server's limit."""
_ANSWER = 2.0
"""Seconds to wait for an acknowledgement before reading back what became of the append."""
_ATTEMPTS = 15


class Expectation(NamedTuple):
    """That `sequence` is the last one on `pattern`; 0 is nothing yet."""

    pattern: str
    sequence: int


def _future() -> "asyncio.Future[int]":
    return asyncio.get_running_loop().create_future()


@dataclass(eq=False, slots=True)
class Append:
    """The messages of one command; the first of each aggregate says what it expects."""

    messages: Sequence[Message]
    expectations: dict[int, Expectation]
    """By index into `messages`."""
    done: "asyncio.Future[int]" = field(default_factory=_future)
    """Its first message's sequence."""

    @property
    def patterns(self) -> set[str]:
        return {expected.pattern for expected in self.expectations.values()}


class Appender:
    """Sends what is appended, one batch at a time."""

    def __init__(self, nc: Client, reader: Reader) -> None:
        self._nc, self._reader = nc, reader
        self._waiting: list[Append] = []
        self._sender: asyncio.Task[None] | None = None
        self._prefix = nc.new_inbox().rpartition(".")[2]
        self._number = count()

    async def append(self, append: Append) -> int:
        """The first message's sequence; the others follow it without a gap."""
        if len(append.messages) > MOST:
            raise TooManyEvents(TooManyEvents.__doc__)
        self._waiting.append(append)
        if self._sender is None or self._sender.done():
            self._sender = asyncio.create_task(self._send_waiting())
        return await append.done

    async def _send_waiting(self) -> None:
        while self._waiting:
            await self._send(self._take())

    def _take(self) -> list[Append]:
        """As many waiting commands as fit one batch, none two for one aggregate."""
        taken: list[Append] = []
        left: list[Append] = []
        size, patterns = 0, set[str]()
        for append in self._waiting:
            fits = size + len(append.messages) <= MOST and patterns.isdisjoint(append.patterns)
            if fits and not append.done.cancelled():
                taken.append(append)
                size += len(append.messages)
            elif not append.done.cancelled():
                left.append(append)
            patterns |= append.patterns
        self._waiting = left
        return taken

    async def _send(self, appends: list[Append]) -> None:
        if len(appends) == 1:
            await self._settle(appends[0])
        elif appends and not await self._send_together(appends):
            await asyncio.gather(*(self._settle(append) for append in appends))

    async def _send_together(self, appends: list[Append]) -> bool:
        """Whether all of them were stored."""
        messages = [message for append in appends for message in append.messages]
        expected: dict[int, Expectation] = {}
        start = 0
        for append in appends:
            expected |= {start + index: e for index, e in append.expectations.items()}
            start += len(append.messages)
        try:
            answer = await self._publish(messages, expected)
        except UNREACHABLE:
            return False
        if "error" in answer:
            return False
        first = answer["seq"] - len(messages) + 1
        for append in appends:
            _resolve(append, first)
            first += len(append.messages)
        return True

    async def _settle(self, append: Append) -> None:
        """Sends one command alone, until its fate is known."""
        try:
            _resolve(append, await self._send_alone(append))
        except (Conflict, LogFull, Refused, TooManyEvents, Unavailable) as error:
            if not append.done.done():
                append.done.set_exception(error)

    async def _send_alone(self, append: Append) -> int:
        for _ in range(_ATTEMPTS):
            try:
                answer = await self._publish(append.messages, append.expectations)
                error = error_of(answer)
                if error is None and not answer.get("duplicate"):
                    sequence: int = answer["seq"]
                    return sequence - len(append.messages) + 1
                stored = await self._stored(append)
            except UNREACHABLE:
                await asyncio.sleep(0.2)
                continue
            if stored is not None:
                return stored
            if error is None or _is_duplicate(answer):
                raise Conflict("the server knows this event id, but it was erased or is elsewhere")
            raise error
        raise Unavailable(Unavailable.__doc__)

    async def _stored(self, append: Append) -> int | None:
        """Where this very command was stored before its acknowledgement was lost."""
        first = append.messages[0]
        expected = append.expectations.get(0)
        pattern, after = (expected.pattern, expected.sequence) if expected else (first.subject, 0)
        if expected is None:
            last = await self._reader.last(pattern)
            return last.sequence if last is not None and last.id == first.id else None
        for message in await self._reader.after(pattern, after, limit=1):
            if message.id == first.id:
                return message.sequence
        return None

    async def _publish(
        self, messages: Sequence[Message], expected: dict[int, Expectation]
    ) -> Answer:
        batch = f"{self._prefix}{next(self._number)}" if len(messages) > 1 else None
        for index, message in enumerate(messages, 1):
            headers = dict(message.headers)
            if (expectation := expected.get(index - 1)) is not None:
                headers["Nats-Expected-Last-Subject-Sequence"] = str(expectation.sequence)
                headers["Nats-Expected-Last-Subject-Sequence-Subject"] = expectation.pattern
            if batch is not None:
                headers["Nats-Batch-Id"] = batch
                headers["Nats-Batch-Sequence"] = str(index)
            if index < len(messages):
                await self._nc.publish(message.subject, message.data, headers=headers)
        if batch is not None:
            headers["Nats-Batch-Commit"] = "1"
        reply = await self._nc.request(
            message.subject, message.data, timeout=_ANSWER, headers=headers
        )
        answer: Answer = json.loads(reply.data)
        return answer


def _resolve(append: Append, first: int) -> None:
    if not append.done.done():
        append.done.set_result(first)


def _is_duplicate(answer: Answer) -> bool:
    return bool(answer.get("error", {}).get("err_code") == DUPLICATE_IN_BATCH)

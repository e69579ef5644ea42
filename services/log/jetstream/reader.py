"""Reading messages by batched direct get, over one inbox that lives as long as the connection.

Source: NATS ADR-31 (direct get; batch, `multi_last`). A batch ends with status 204; a reply lost on
the way shows in `Nats-Num-Pending`, and what is missing is then asked for again.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Any

from services.log.jetstream.connection import NatsConnection
from services.log.jetstream.message import Message, parse_headers, status_of
from services.log.jetstream.patience import Lost, patiently

BATCH = 1000
"""Messages in one request."""
_BATCH_BYTES = 8 * 1024 * 1024
_FILTERS = 500
"""Subjects in one `multi_last` request; each may answer with one message per event type, and the
server answers at most 1,024."""
_QUIET_S = 2.0
"""Seconds without a reply after which a request counts as lost."""
_NOT_FOUND, _TOO_MANY = 404, 413


class TooMany(Exception):
    """The answer would hold more than 1,024 messages."""


class Behind(Exception):
    """The replica that answered lacks the message that it was asked to prove itself by."""


class DirectReader:
    """Direct gets on one stream, by any of its replicas: one may lag behind the leader."""

    def __init__(self, nc: NatsConnection, stream: str) -> None:
        self._nc = nc
        self._subject = f"$JS.API.DIRECT.GET.{stream}"

    async def after(self, pattern: str, sequence: int, limit: int | None = None) -> list[Message]:
        """All messages on `pattern` after `sequence`, in order, at most `limit`."""
        found: list[Message] = []
        async for page in self.pages(pattern, sequence, limit):
            found += page
        return found

    async def pages(
        self, pattern: str, sequence: int, limit: int | None = None
    ) -> AsyncIterator[list[Message]]:
        """As `after`, a batch at a time."""
        left = limit
        while left is None or left > 0:
            size = BATCH if left is None else min(BATCH, left)
            ask = {"next_by_subj": pattern, "seq": sequence + 1}
            ask |= {"batch": size, "max_bytes": _BATCH_BYTES}
            page, pending = await self._ask(ask)
            if page:
                yield page
                sequence = page[-1].sequence
            if not pending or not page:
                break
            left = None if left is None else left - len(page)

    async def latest(
        self, patterns: Sequence[str], until: int | None, mark: Message | None
    ) -> list[Message]:
        """The newest message of each subject that the patterns match, in order, none after `until`;
        raises `Unavailable`, and `Behind` where a replica that answers lacks `mark`."""
        found: list[Message] = []
        for start in range(0, len(patterns), _FILTERS):
            found += await self._latest(patterns[start : start + _FILTERS], until, mark)
        return sorted(found, key=lambda message: message.sequence)

    async def _latest(
        self, patterns: Sequence[str], until: int | None, mark: Message | None
    ) -> list[Message]:
        ask: dict[str, Any] = {"multi_last": [*patterns], "batch": 1024}
        if mark is not None:
            ask["multi_last"].append(mark.subject)
        try:
            page, _ = await self._ask(ask | ({"up_to_seq": until} if until is not None else {}))
        except TooMany:
            middle = len(patterns) // 2
            first = await self._latest(patterns[:middle], until, mark)
            return first + await self._latest(patterns[middle:], until, mark)
        return page if mark is None else _without(mark, page, patterns)

    async def _ask(self, ask: dict[str, Any]) -> tuple[list[Message], int]:
        return await patiently(self._nc, partial(self._try, ask))

    async def _try(self, ask: dict[str, Any]) -> tuple[list[Message], int]:
        answer = _Answer()
        async with self._nc.answers(answer.take) as reply:
            await self._nc.send(self._subject, json.dumps(ask).encode(), reply=reply)
            await self._nc.push()
            return await answer.whole()


class _Answer:
    """What arrives of one batch."""

    def __init__(self) -> None:
        self._found: list[Message] = []
        self._left: int | None = None
        self._error: Exception | None = None
        self._progress = asyncio.Event()
        self._ended = False

    async def whole(self) -> tuple[list[Message], int]:
        """The messages, and how many are left beyond them; raises `Lost`, `TooMany`."""
        while not self._ended:
            self._progress.clear()
            async with asyncio.timeout(_QUIET_S):
                await self._progress.wait()
        if self._error is not None:
            raise self._error
        return self._found, self._left or 0

    def take(self, subject: bytes, reply: bytes, headers: bytes, data: bytes) -> None:
        status = status_of(headers)
        if status:
            self._end(status, parse_headers(headers))
        elif not self._ended:
            self._add(_message(headers, data))
        self._progress.set()

    def _end(self, status: int, headers: dict[str, str]) -> None:
        self._ended = True
        if status == _TOO_MANY:
            self._error = TooMany()
        elif status not in (204, _NOT_FOUND):
            self._error = Lost(status)
        elif self._left is not None:
            # One that arrived counts those left after it; fewer are left when the last one is lost.
            left = int(headers.get("Nats-Num-Pending", self._left))
            self._error = Lost() if left != self._left else None

    def _add(self, message: Message) -> None:
        left = int(message.headers.get("Nats-Num-Pending", "0"))
        if self._left is not None and left != self._left - 1:
            self._ended, self._error = True, Lost()
        self._left = left
        self._found.append(message)


def _message(block: bytes, data: bytes) -> Message:
    headers = parse_headers(block)
    return Message(headers["Nats-Subject"], headers, data, int(headers["Nats-Sequence"]))


def _without(mark: Message, page: list[Message], patterns: Sequence[str]) -> list[Message]:
    """What was asked for beside the mark; raises `Behind` where that is missing."""
    proof = [message for message in page if message.subject == mark.subject]
    if not proof or proof[0].sequence < mark.sequence:
        raise Behind
    if any(matches(pattern, mark.subject) for pattern in patterns):
        return page
    return [message for message in page if message is not proof[0]]


def matches(pattern: str, subject: str) -> bool:
    """Whether the pattern, with `*` for one token and a last `>` for some, lets the subject in."""
    wanted, tokens = pattern.split("."), subject.split(".")
    if wanted[-1] == ">":
        wanted.pop()
        if len(tokens) <= len(wanted):
            return False
        tokens = tokens[: len(wanted)]
    return len(wanted) == len(tokens) and all(
        want in ("*", token) for want, token in zip(wanted, tokens, strict=True)
    )

"""Reading messages by batched direct get, over one inbox that lives as long as the connection.

Source: NATS ADR-31 (direct get; batch, `multi_last`). A batch ends with status 204; a reply lost on
the way shows in `Nats-Num-Pending`, and the batch is then asked for again.
"""

import asyncio
import json
from collections.abc import Sequence
from itertools import count
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from services.log.errors import Unavailable
from services.log.message import Message

BATCH = 500
_FILTERS = 500
"""Subjects in one `multi_last` request; each may answer with one message per event type, and the
server answers at most 1,024."""
_QUIET = 5.0
"""Seconds without a reply after which a request counts as lost."""
_ATTEMPTS = 5


class Lost(Exception):
    """A reply did not arrive."""


class Reader:
    """Direct gets on one stream."""

    def __init__(self, nc: Client, stream: str) -> None:
        self._nc = nc
        self._subject = f"$JS.API.DIRECT.GET.{stream}"
        self._inbox = nc.new_inbox()
        self._waiting: dict[str, asyncio.Queue[Msg]] = {}
        self._number = count()
        self._subscription: Subscription | None = None

    async def open(self) -> None:
        self._subscription = await self._nc.subscribe(
            f"{self._inbox}.*", cb=self._arrived, pending_msgs_limit=-1, pending_bytes_limit=-1
        )

    async def after(self, pattern: str, sequence: int, limit: int | None = None) -> list[Message]:
        """All messages on `pattern` after `sequence`, in order."""
        found: list[Message] = []
        while limit is None or len(found) < limit:
            size = BATCH if limit is None else min(BATCH, limit - len(found))
            ask = {"next_by_subj": pattern, "seq": sequence + 1, "batch": size}
            page, pending = await self._ask(ask)
            found += page
            if not pending or not page:
                break
            sequence = page[-1].sequence
        return found

    async def last(self, pattern: str) -> Message | None:
        """The newest message on `pattern`."""
        ask = json.dumps({"last_by_subj": pattern}).encode()
        reply = await self._nc.request(self._subject, ask, timeout=_QUIET)
        return None if "Status" in (reply.headers or {}) else _message(reply)

    async def latest(self, patterns: Sequence[str]) -> list[Message]:
        """The newest message of each subject that the patterns match, in order."""
        found: list[Message] = []
        for start in range(0, len(patterns), _FILTERS):
            found += await self._latest(patterns[start : start + _FILTERS])
        return sorted(found, key=lambda message: message.sequence)

    async def _latest(self, patterns: Sequence[str]) -> list[Message]:
        try:
            page, _ = await self._ask({"multi_last": patterns, "batch": 1024})
            return page
        except TooMany:
            middle = len(patterns) // 2
            return await self._latest(patterns[:middle]) + await self._latest(patterns[middle:])

    async def _ask(self, ask: dict[str, Any]) -> tuple[list[Message], int]:
        for _ in range(_ATTEMPTS):
            try:
                return await self._try(ask)
            except Lost:
                continue
        raise Unavailable(Unavailable.__doc__)

    async def _try(self, ask: dict[str, Any]) -> tuple[list[Message], int]:
        token = str(next(self._number))
        replies = self._waiting[token] = asyncio.Queue()
        try:
            reply_to = f"{self._inbox}.{token}"
            await self._nc.publish(self._subject, json.dumps(ask).encode(), reply=reply_to)
            return await _collect(replies)
        finally:
            del self._waiting[token]

    async def _arrived(self, reply: Msg) -> None:
        queue = self._waiting.get(reply.subject.rpartition(".")[2])
        if queue is not None:
            queue.put_nowait(reply)


class TooMany(Exception):
    """The answer would hold more than 1,024 messages."""


async def _collect(replies: asyncio.Queue[Msg]) -> tuple[list[Message], int]:
    """The messages of one answer, and how many are left beyond it."""
    found: list[Message] = []
    left: int | None = None
    while True:
        try:
            reply = await asyncio.wait_for(replies.get(), _QUIET)
        except TimeoutError as error:
            raise Lost from error
        headers = reply.headers or {}
        status = headers.get("Status")
        if status == "413":
            raise TooMany
        if status is not None:
            return found, int(headers.get("Nats-Num-Pending", "0"))
        pending = int(headers.get("Nats-Num-Pending", "0"))
        if left is not None and pending != left - 1:
            raise Lost
        left = pending
        found.append(_message(reply))


def _message(reply: Msg) -> Message:
    headers = reply.headers or {}
    return Message(headers["Nats-Subject"], headers, reply.data, int(headers["Nats-Sequence"]))

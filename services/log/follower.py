"""Following the log: everything after a position, live tail included, nothing skipped.

A pull consumer of its own, with no more messages under way than were asked for, so that a slow
reader slows the server down instead of losing messages. Each message tells its number within the
consumer: where one is missing, or the server was away, a new consumer goes on from the last good
sequence.
"""

import asyncio
import json
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from typing import NamedTuple

from nats.aio.client import Client
from nats.aio.msg import Msg

from services.log.api import UNREACHABLE, call
from services.log.errors import Refused
from services.log.message import Message
from services.log.stream import head

WINDOW = 1000
"""Messages under way at most."""
_HEARTBEAT = 1.0
"""Seconds between the server's signs of life on a quiet stream."""
_EXPIRES = 30 * 10**9
"""Nanoseconds after which the server forgets what was asked for."""
_RETRY = 0.2


class Gap(Exception):
    """A message is missing, or the consumer is gone; begin again after the last good one."""


class Page(NamedTuple):
    """Messages in order, and the position that the follower has reached with them."""

    messages: list[Message]
    position: int


async def follow(
    nc: Client, stream: str, after: int, filters: Sequence[str], until: int | None
) -> AsyncGenerator[Page, None]:
    """Ends once the position has reached `until`; without it, never."""
    position = after
    while until is None or position < until:
        try:
            async with aclosing(_consume(nc, stream, position, filters)) as pages:
                async for page in pages:
                    position = page.position
                    yield page
                    if until is not None and position >= until:
                        return
        except (Gap, Refused, *UNREACHABLE):
            await asyncio.sleep(_RETRY)


async def _consume(
    nc: Client, stream: str, after: int, filters: Sequence[str]
) -> AsyncGenerator[Page, None]:
    consumer = Consumer(nc, stream, after)
    subscription = await nc.subscribe(
        consumer.inbox, cb=consumer.arrive, pending_msgs_limit=-1, pending_bytes_limit=-1
    )
    try:
        await consumer.create(filters)
        while True:
            yield await consumer.next_page()
    finally:
        with suppress(*UNREACHABLE):
            await subscription.unsubscribe()


class Consumer:
    """One pull consumer on the server, and what arrived of it."""

    def __init__(self, nc: Client, stream: str, after: int) -> None:
        self.inbox = nc.new_inbox()
        self._nc, self._stream = nc, stream
        self._position = after
        self._beforehand = after
        """The stream's last sequence, read before the server last said that nothing was pending."""
        self._name = ""
        self._count = 0
        self._asked = 0
        self._pending = 0
        self._arrived: deque[Msg] = deque()
        self._awake = asyncio.Event()

    async def arrive(self, message: Msg) -> None:
        self._arrived.append(message)
        self._awake.set()

    async def create(self, filters: Sequence[str]) -> None:
        self._beforehand = (await head(self._nc, self._stream)).last
        config = {
            "ack_policy": "none",
            "deliver_policy": "by_start_sequence",
            "opt_start_seq": self._position + 1,
            "filter_subjects": list(filters),
            "mem_storage": True,
            "num_replicas": 1,
            "inactive_threshold": 60 * 10**9,
        }
        body = {"stream_name": self._stream, "config": config}
        answer = await call(self._nc, f"CONSUMER.CREATE.{self._stream}", body)
        self._name, self._pending = answer["name"], answer["num_pending"]

    async def next_page(self) -> Page:
        """Waits for what comes next: messages, or progress past messages that were filtered out."""
        while True:
            messages = self._take()
            if not self._pending and not self._arrived and self._position < self._beforehand:
                self._position = self._beforehand
                return Page(messages, self._position)
            if messages:
                return Page(messages, self._position)
            await self._pull()
            await self._wait()

    def _take(self) -> list[Message]:
        taken: list[Message] = []
        while self._arrived:
            message = self._arrived.popleft()
            if (status := (message.headers or {}).get("Status")) is not None:
                self._heed(status, message.headers or {})
            else:
                taken.append(self._good(message))
        self._awake.clear()
        return taken

    def _good(self, message: Msg) -> Message:
        """The next message; raises `Gap` where another should have come first."""
        _, _, _, _, _, sequence, number, _, pending = message.reply.split(".")
        if int(number) != self._count + 1:
            raise Gap
        self._count += 1
        self._asked -= 1
        self._position, self._pending = int(sequence), int(pending)
        return Message(message.subject, message.headers or {}, message.data, self._position)

    def _heed(self, status: str, headers: dict[str, str]) -> None:
        """A heartbeat says nothing new, an expired request is asked anew, else all begins anew."""
        if status == "100":
            return
        if status not in ("404", "408"):
            raise Gap
        self._asked -= int(headers.get("Nats-Pending-Messages", self._asked))

    async def _pull(self) -> None:
        if self._asked > WINDOW // 2:
            return
        more = WINDOW - self._asked
        ask = {"batch": more, "expires": _EXPIRES, "idle_heartbeat": int(_HEARTBEAT * 10**9)}
        subject = f"$JS.API.CONSUMER.MSG.NEXT.{self._stream}.{self._name}"
        await self._nc.publish(subject, json.dumps(ask).encode(), reply=self.inbox)
        self._asked += more

    async def _wait(self) -> None:
        """For a message; where none comes and all was delivered, for the stream to move past us."""
        try:
            await asyncio.wait_for(self._awake.wait(), _HEARTBEAT)
        except TimeoutError:
            await self._look_around()

    async def _look_around(self) -> None:
        beforehand = (await head(self._nc, self._stream)).last
        info = await call(self._nc, f"CONSUMER.INFO.{self._stream}.{self._name}")
        if info["delivered"]["consumer_seq"] == self._count and not info["num_pending"]:
            self._pending, self._beforehand = 0, beforehand
        elif not self._arrived and info["delivered"]["consumer_seq"] > self._count:
            raise Gap

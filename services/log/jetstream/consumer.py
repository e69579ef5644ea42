"""A pull consumer of one follower: asks for messages, checks that each follows the one before."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress

from services.log.jetstream.api import call
from services.log.jetstream.connection import UNREACHABLE, NatsConnection
from services.log.jetstream.message import Message, parse_headers, status_of

WINDOW = 2000
"""Messages under way at most."""
WINDOW_BYTES = 8 * 1024 * 1024
"""Their bytes, at most, in one request."""
PAGE = 500
"""Messages handed on at once."""
HEARTBEAT_S = 1.0
"""Seconds between the server's signs of life on a quiet stream."""
_SILENCE_S = 5.0
"""Seconds without any after which the consumer counts as lost."""
_EXPIRES_S = 30.0
"""Seconds after which the server forgets what was asked for."""
_FORGOTTEN_S = 60.0
"""Seconds without a request after which the server forgets the consumer itself."""
_SECOND_NS = 10**9
_HEARTBEAT_STATUS = 100
_REQUEST_ENDED = frozenset({404, 408})
_FULFILLED = (b" Batch Completed", b" Message Size Exceeds MaxBytes")
"""Words of a status 409 that ends a request and not the consumer."""


class Gap(Exception):
    """A message is missing, or the consumer is gone; begin again after the last good one."""


class Consumer:
    """What arrived of one consumer on the server, in order and without a gap."""

    def __init__(self, nc: NatsConnection, stream: str, after: int) -> None:
        self.position = after
        """The last message taken, or what the log is known to hold nothing up to."""
        self.pending = 0
        """Messages that the server still had behind the last one taken."""
        self._nc, self._stream = nc, stream
        self._name = self._next = ""
        self._inbox = ""
        self._count = 0
        self._asked = 0
        self._arrived: deque[tuple[bytes, bytes, bytes, bytes]] = deque()
        self._awake = asyncio.Event()
        self._heard = time.monotonic()
        self._reconnects = nc.reconnects

    @property
    def held(self) -> int:
        """Messages that arrived and were not taken."""
        return len(self._arrived)

    async def create(self, inbox: str, filters: Sequence[str]) -> None:
        """Raises `Unavailable`, `Transient`, `Missing` without a stream, or `RequestRefused`."""
        config = {
            "ack_policy": "none",
            "deliver_policy": "by_start_sequence",
            "opt_start_seq": self.position + 1,
            "filter_subjects": list(filters),
            "mem_storage": True,
            "num_replicas": 1,
            "inactive_threshold": int(_FORGOTTEN_S * _SECOND_NS),
        }
        body = {"stream_name": self._stream, "config": config}
        answer = await call(self._nc, f"CONSUMER.CREATE.{self._stream}", body)
        self._inbox, self.pending = inbox, answer["num_pending"]
        self._name = answer["name"]
        self._next = f"$JS.API.CONSUMER.MSG.NEXT.{self._stream}.{self._name}"

    async def aclose(self) -> None:
        """Takes it off the server, which else keeps it for a minute; waits for no answer."""
        if self._name:
            with suppress(*UNREACHABLE):
                await self._nc.send(f"$JS.API.CONSUMER.DELETE.{self._stream}.{self._name}", b"")
                await self._nc.push()

    def arrive(self, subject: bytes, reply: bytes, headers: bytes, data: bytes) -> None:
        self._arrived.append((subject, reply, headers, data))
        self._heard = time.monotonic()
        self._awake.set()

    async def take(self, patience: float) -> list[Message]:
        """What arrived, at most a page; waits `patience` seconds for the first. Raises `Gap`."""
        if not self._arrived:
            self._awake.clear()
            await self._ask_for_more()
            with suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    await self._awake.wait()
        messages = self._in_order()
        await self._ask_for_more()
        return messages

    def expect_a_sign_of_life(self) -> None:
        """Raises `Gap` when the connection, or what was asked over it, is lost."""
        lost = not self._nc.is_connected or self._nc.reconnects != self._reconnects
        if lost or time.monotonic() - self._heard > _SILENCE_S:
            raise Gap

    def _in_order(self) -> list[Message]:
        taken: list[Message] = []
        while self._arrived and len(taken) < PAGE:
            subject, reply, headers, data = self._arrived.popleft()
            if (status := status_of(headers)) and not data:
                self._heed(status, headers)
            else:
                self._step(reply)
                named = subject.decode(errors="replace")
                taken.append(Message(named, parse_headers(headers), data, self.position))
        return taken

    def _step(self, reply: bytes) -> None:
        """`$JS.ACK.<stream>.<consumer>.<deliveries>.<sequence>.<number>.<time>.<pending>`, with a
        domain and an account before the stream in a leaf node."""
        parts = reply.split(b".")
        if len(parts) > 9:
            parts = parts[2:]
        if int(parts[6]) != self._count + 1:
            raise Gap
        self._count += 1
        self._asked -= 1
        self.position, self.pending = int(parts[5]), int(parts[8])

    def _heed(self, status: int, headers: bytes) -> None:
        """A heartbeat says nothing new, a request that ended is made anew, else all begins anew."""
        if status == _HEARTBEAT_STATUS:
            return
        fulfilled = any(words in headers for words in _FULFILLED)
        if status not in _REQUEST_ENDED and not fulfilled:
            raise Gap
        left = parse_headers(headers).get("Nats-Pending-Messages", "0")
        self._asked = max(0, self._asked - int(left))

    async def _ask_for_more(self) -> None:
        if self._asked > WINDOW // 2:
            return
        more = WINDOW // 2
        request = {
            "batch": more,
            "max_bytes": WINDOW_BYTES,
            "expires": int(_EXPIRES_S * _SECOND_NS),
            "idle_heartbeat": int(HEARTBEAT_S * _SECOND_NS),
        }
        await self._nc.send(self._next, json.dumps(request).encode(), reply=self._inbox)
        await self._nc.push()
        self._asked += more

"""One connection to NATS, with a short way in and out for what is sent a hundred times a second.

nats-py puts each message through a queue, a task and a dictionary of headers, and a follower that
reads a million facts pays that a million times. A *tap* hands the bytes of a subscription straight
to a function, and `send` takes headers that are ready to go. Everything else (reconnecting,
authentication, subscribing again) stays nats-py's.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any

from nats.errors import ConnectionClosedError, MaxPayloadError, NoRespondersError
from nats.errors import TimeoutError as NatsTimeout

from services.log.errors import SubjectTooLong
from services.log.jetstream.steady import SteadyClient

NOT_ANSWERED = (NatsTimeout, TimeoutError, NoRespondersError, ConnectionClosedError)
UNREACHABLE = (*NOT_ANSWERED, OSError)
"""What a request raises when the server is away; its effect is then unknown. `Unavailable`, which
says so to whoever asked the log, is a `TimeoutError` and so among them."""

Tap = Callable[[bytes, bytes, bytes, bytes], None]
"""Takes a message's subject, reply, headers and data."""

_NO_RESPONDERS = b"NATS/1.0 503"
LONGEST_SUBJECT = 512
"""Characters; by far less than the protocol line at which a server cuts a connection (4,096)."""


class NatsConnection(SteadyClient):
    """A client with taps, and requests over one inbox that lives as long as it does."""

    def __init__(self) -> None:
        super().__init__()
        self._taps: dict[int, Tap] = {}
        self._answers: dict[bytes, Tap] = {}
        self._inbox = ""
        self._number = count(1)

    async def open(self, url: str, name: str) -> None:
        """Raises `CredentialsRefused`."""
        await super().open(url, name)
        self._inbox = self.new_inbox()
        await self._tap(f"{self._inbox}.*", self._answer)

    @property
    def server_version(self) -> str:
        return str(self._server_info.get("version", ""))

    @property
    def reconnects(self) -> int:
        """How often the connection was lost and found again."""
        return int(self.stats["reconnects"])

    async def until_connected(self) -> None:
        """Waits while nats-py reconnects; raises `ConnectionClosedError` once it was closed."""
        while not self.is_connected:
            if self.is_closed:
                raise ConnectionClosedError
            await asyncio.sleep(0.02)

    @asynccontextmanager
    async def tap(self, take: Tap) -> AsyncIterator[str]:
        """A new inbox, each message of which goes to `take` at once, in order."""
        inbox = self.new_inbox()
        subscription = await self._tap(inbox, take)
        try:
            yield inbox
        finally:
            self._taps.pop(subscription, None)
            with suppress(*UNREACHABLE):
                if (kept := self._subs.get(subscription)) is not None:
                    await kept.unsubscribe()

    @asynccontextmanager
    async def answers(self, take: Tap) -> AsyncIterator[str]:
        """A reply subject of the long-lived inbox, of which each message goes to `take`."""
        token = next(self._number)
        key = b"%d" % token
        self._answers[key] = take
        try:
            yield f"{self._inbox}.{token}"
        finally:
            del self._answers[key]

    async def ask(
        self, subject: str, data: bytes = b"", headers: str = "", within: float = 5
    ) -> tuple[bytes, bytes]:
        """The first answer's headers and data; raises one of `UNREACHABLE`: `NoRespondersError`, or
        `TimeoutError` after `within` seconds."""
        answer: asyncio.Future[tuple[bytes, bytes]] = asyncio.get_running_loop().create_future()

        def take(_: bytes, __: bytes, headers: bytes, data: bytes) -> None:
            if not answer.done():
                answer.set_result((headers, data))

        async with self.answers(take) as reply:
            await self.send(subject, data, headers, reply)
            await self.push()
            async with asyncio.timeout(within):
                got = await answer
        if got[0] and got[0].startswith(_NO_RESPONDERS):
            raise NoRespondersError
        return got

    async def ask_json(self, subject: str, body: object = None, within: float = 5) -> Any:
        data = b"" if body is None else json.dumps(body).encode()
        return json.loads((await self.ask(subject, data, within=within))[1])

    async def send(self, subject: str, data: bytes, headers: str = "", reply: str = "") -> None:
        """Publishes, with header lines that end in CRLF each; `push` makes sure it leaves now.

        Raises `SubjectTooLong`, `ConnectionClosedError`, and `MaxPayloadError` for more than the
        server takes.
        """
        if self.is_closed:
            raise ConnectionClosedError
        if len(subject) > LONGEST_SUBJECT:
            raise SubjectTooLong(SubjectTooLong.__doc__)
        if len(data) > self._max_payload:
            raise MaxPayloadError
        if headers:
            block = f"NATS/1.0\r\n{headers}\r\n".encode()
            sizes = f"{len(block)} {len(block) + len(data)}"
            line = f"HPUB {subject} {reply} {sizes}\r\n".encode() + block
        else:
            line = f"PUB {subject} {reply} {len(data)}\r\n".encode()
        await self._send_command(line + data + b"\r\n")

    async def push(self) -> None:
        if self._flush_queue is not None and self._flush_queue.empty():
            await self._flush_pending()

    async def _give_up(self) -> None:
        """Of what was asked over a lost connection, no answer will come: all hear so at once."""
        for take in list(self._answers.values()):
            take(b"", b"", _NO_RESPONDERS + b"\r\n\r\n", b"")

    async def _tap(self, subject: str, take: Tap) -> int:
        subscription = await self.subscribe(subject)
        self._taps[subscription._id] = take
        return subscription._id

    def _answer(self, subject: bytes, reply: bytes, headers: bytes, data: bytes) -> None:
        take = self._answers.get(subject.rpartition(b".")[2])
        if take is not None:
            take(subject, reply, headers, data)

    async def _process_msg(
        self, sid: int, subject: bytes, reply: bytes, data: bytes, headers: bytes
    ) -> None:
        take = self._taps.get(sid)
        if take is None:
            await super()._process_msg(sid, subject, reply, data, headers)
        else:
            take(subject, reply, headers or b"", data)

"""The log of facts: the only door to the stream."""

from collections import OrderedDict
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import NamedTuple

import nats
from nats.aio.client import Client

from events.fact import Event
from events.subjects import ROOT, Address, subject
from services.log import stream as streams
from services.log.api import call
from services.log.appender import Append, Appender, Expectation
from services.log.errors import Conflict
from services.log.follower import follow
from services.log.message import Message, to_event, to_message
from services.log.reader import Reader
from services.log.stream import Head

_REMEMBERED = 100_000
"""Aggregates whose last sequence is kept at hand, so that appending needs no look-up."""


class Batch(NamedTuple):
    """Events in order, and the position reached with them."""

    events: list[Event]
    position: int


class Last(NamedTuple):
    """An aggregate's newest version, and its sequence in the stream."""

    version: int
    sequence: int


class Log:
    """Appends facts, loads aggregates, follows what happens."""

    def __init__(self, nc: Client, stream: str) -> None:
        self.nc = nc
        self._stream = stream
        self._reader = Reader(nc, stream)
        self._appender = Appender(nc, self._reader)
        self._last: OrderedDict[str, Last] = OrderedDict()

    @classmethod
    async def connect(cls, url: str, *, stream: str = "FILON", name: str = "filon") -> "Log":
        """Waits for the server, and sets the stream up where it does not exist."""
        nc = await nats.connect(
            url,
            name=name,
            max_reconnect_attempts=-1,
            reconnect_time_wait=0.1,
            ping_interval=10,
            error_cb=_ignore,
        )
        await streams.ensure(nc, stream)
        log = cls(nc, stream)
        await log._reader.open()
        return log

    async def close(self) -> None:
        await self.nc.close()

    async def append(self, *events: Event) -> int:
        """All of them or none; returns the last one's sequence.

        Raises `Conflict` where an aggregate is not at the version that its first event follows,
        `TooManyEvents`, `LogFull`, `Unavailable`. Appending the same events again is a success.
        """
        expectations: dict[int, Expectation] = {}
        seen: set[str] = set()
        for index, event in enumerate(events):
            if event.originator_version and event.originator_id not in seen:
                seen.add(event.originator_id)
                expectations[index] = await self._expect(event)
        append = Append([to_message(event) for event in events], expectations)
        try:
            first = await self._appender.append(append)
        except Conflict:
            for id in seen:
                self._last.pop(id, None)
            raise
        for sequence, event in enumerate(events, first):
            self._remember(event.originator_id, event.originator_version, sequence)
        return first + len(events) - 1

    async def load(self, originator_id: str, after: int = 0) -> list[Event]:
        """The aggregate's events with a version above `after`, in order."""
        messages = await self._reader.after(_pattern(originator_id), 0)
        events = [_event(message) for message in messages]
        if events:
            last = events[-1]
            self._remember(originator_id, last.originator_version, last.sequence)
        return [event for event in events if event.originator_version > after]

    async def latest(self, originator_ids: Sequence[str]) -> dict[str, list[Event]]:
        """Of each aggregate the newest event of each type, in order; unknown ones are absent."""
        found: dict[str, list[Event]] = {}
        for message in await self._reader.latest([_pattern(id) for id in originator_ids]):
            event = _event(message)
            found.setdefault(event.originator_id, []).append(event)
            self._remember(event.originator_id, event.originator_version, event.sequence)
        return found

    async def follow(
        self, after: int, filters: Sequence[str] = (f"{ROOT}.>",), *, until: int | None = None
    ) -> AsyncGenerator[Batch, None]:
        """All events after `after` that fit a filter, live tail included; ends at `until`."""
        pages = follow(self.nc, self._stream, after, filters, until)
        async with aclosing(pages):
            async for page in pages:
                yield Batch([_event(message) for message in page.messages], page.position)

    async def remove(self, originator_id: str, before: int) -> int:
        """Deletes the aggregate's messages below a sequence, their bytes on disk overwritten;
        returns how many there were. Done again after an interruption, it goes on."""
        earlier = [
            message.sequence
            for message in await self._reader.after(_pattern(originator_id), 0)
            if message.sequence < before
        ]
        for sequence in earlier:
            await call(self.nc, f"STREAM.MSG.DELETE.{self._stream}", {"seq": sequence})
        return len(earlier)

    async def head(self) -> Head:
        return await streams.head(self.nc, self._stream)

    async def _expect(self, event: Event) -> Expectation:
        pattern = _pattern(event.originator_id)
        follows = event.originator_version - 1
        if follows == 0:
            return Expectation(pattern, 0)
        last = self._last.get(event.originator_id)
        if last is None or last.version != follows:
            last = await self._look_up(pattern)
        if last.version == follows:
            return Expectation(pattern, last.sequence)
        raise Conflict(Conflict.__doc__)

    async def _look_up(self, pattern: str) -> Last:
        message = await self._reader.last(pattern)
        if message is None:
            return Last(0, 0)
        return Last(int(message.headers["ce-aggregateversion"]), message.sequence)

    def _remember(self, originator_id: str, version: int, sequence: int) -> None:
        if not version:
            return
        self._last[originator_id] = Last(version, sequence)
        self._last.move_to_end(originator_id)
        if len(self._last) > _REMEMBERED:
            self._last.popitem(last=False)


def _pattern(originator_id: str) -> str:
    """Byte for byte the same for every writer: with mixed patterns a cluster accepts conflicts."""
    pattern = subject(Address.parse(originator_id), "X")
    return pattern[:-1] + "*"


def _event(message: Message) -> Event:
    return to_event(message.subject, message.headers, message.data, message.sequence)


async def _ignore(error: Exception) -> None:
    """A lost connection comes back by itself; requests that it cost fail on their own."""

"""The log of facts, on the stream that nothing else writes to."""

from collections import OrderedDict
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import NamedTuple

from events.catalogue import UnknownFact
from events.fact import Event
from events.subjects import ROOT, Address, parse_subject
from services.log.cloudevents import originator_of, pattern_of, to_draft, version_of
from services.log.errors import Conflict
from services.log.jetstream import stream as streams
from services.log.jetstream.append import Append, Expectation
from services.log.jetstream.appender import Appender
from services.log.jetstream.connection import NatsConnection
from services.log.jetstream.current import CurrentReader
from services.log.jetstream.deletion import delete_before
from services.log.jetstream.finite import read
from services.log.jetstream.follower import follow
from services.log.jetstream.message import Message
from services.log.jetstream.stream import Head
from services.log.quarantine import Quarantine
from services.log.settings import LogSettings

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


class Newest(NamedTuple):
    """The newest fact that fits a filter: what it is about, its name, and its sequence."""

    address: Address
    name: str
    sequence: int


class Log:
    """Appends facts, loads aggregates, follows what happens.

    What it answers about now is what the stream's leader knows: everything that was acknowledged
    before the question. `follow` alone reads from replicas, and catches up with the leader.
    """

    def __init__(self, nc: NatsConnection, stream: str) -> None:
        self.nc = nc
        """The connection, for core NATS beside the log."""
        self.stream = stream
        self._reader = CurrentReader(nc, stream)
        self._appender = Appender(nc, stream)
        self._last: OrderedDict[str, Last] = OrderedDict()
        self.quarantine = Quarantine()
        """What was read and passed over, since it is no fact."""

    @classmethod
    async def connect(
        cls, url: str, *, stream: str = "FILON", name: str = "filon", replicas: int | None = None
    ) -> "Log":
        """Waits for the server, and sets the stream up where it does not exist, with so many
        replicas (else as `LogSettings` says). `url` may name several servers, with commas between
        them."""
        nc = NatsConnection()
        await nc.open(url, name)
        copies = replicas or LogSettings.load().replicas
        try:
            await streams.ensure(nc, stream, [f"{ROOT}.>"], copies)
        except BaseException:  # cancelled too: nobody else would close it
            await nc.close()
            raise
        return cls(nc, stream)

    async def close(self) -> None:
        await self._appender.close()
        await self.nc.close()

    async def append(self, *events: Event) -> int:
        """All of them or none; returns the last one's sequence.

        Raises `Conflict` where an aggregate is not at the version that its first event follows,
        `TooManyEvents`, `TooLarge`, `LogFull`, `Unavailable`. Appending the same events again, even
        years later, is a success and adds nothing.
        """
        if not events:
            return (await self.head()).last
        firsts = _firsts(events)
        try:
            expectations = {i: await self._expect(events[i]) for i in firsts.values()}
            append = Append([to_draft(event) for event in events], expectations)
            first = await self._appender.append(append)
        except Conflict:
            for id in firsts:
                self._last.pop(id, None)
            raise
        for sequence, event in enumerate(events, first):
            self._remember(event.originator_id, event.originator_version, sequence)
        return first + len(events) - 1

    async def load(self, originator_id: str, after: int = 0) -> list[Event]:
        """The aggregate's events with a version above `after`, in order; raises `Unavailable`."""
        messages = await self._reader.all(pattern_of(originator_id))
        events = await self._readable(messages)
        if events and events[-1].sequence == messages[-1].sequence:
            self._remember(originator_id, events[-1].originator_version, events[-1].sequence)
        return [event for event in events if event.originator_version > after]

    async def remains(self, originator_id: str) -> list[Event]:
        """As `load`, but what was deleted is known to be gone, which `load` may still answer for a
        moment in a cluster; a request for each event. Raises `Unavailable`."""
        messages = await self._reader.all_from_leader(pattern_of(originator_id))
        return await self._readable(messages)

    async def latest(self, originator_ids: Sequence[str]) -> dict[str, list[Event]]:
        """Of each aggregate the newest event of each type, in order; unknown ones are absent.
        Raises `Unavailable`."""
        found: dict[str, list[Event]] = {}
        messages = await self._reader.latest([pattern_of(id) for id in originator_ids])
        events = await self._readable(messages)
        for event in events:
            found.setdefault(event.originator_id, []).append(event)
            self._remember(event.originator_id, event.originator_version, event.sequence)
        read = {event.sequence for event in events}
        for hiding in {originator_of(m.subject) for m in messages if m.sequence not in read}:
            self._last.pop(hiding, None)
            if events := await self.load(hiding):  # what can't be read hides what came before it
                found[hiding] = events
        return found

    async def newest_on(self, filter: str) -> Newest | None:
        """The newest fact that fits: decides whether something exists. Raises `Unavailable`."""
        message = await self._reader.newest(filter)
        return message and Newest(*parse_subject(message.subject), message.sequence)

    async def newest(self, filters: Sequence[str], until: int) -> list[Event]:
        """Of each subject that fits a filter the newest event not after `until`, in order; raises
        `Unavailable`."""
        if until < 1:
            return []
        return await self._readable(await self._reader.latest(filters, until))

    async def follow(
        self, after: int, filters: Sequence[str] = (f"{ROOT}.>",), *, until: int | None = None
    ) -> AsyncGenerator[Batch, None]:
        """All events after `after` that fit a filter, live tail included; ends at `until`.

        Goes on by itself when the connection or the server was lost; skips nothing, repeats
        nothing, and holds a few thousand events at most, however slow its reader.
        """
        pages = follow(self.nc, self.stream, after, filters, until)
        async with aclosing(pages):
            async for page in pages:
                yield Batch(await self._readable(page.messages), page.position)

    async def read(
        self, after: int, filters: Sequence[str], until: int
    ) -> AsyncGenerator[Batch, None]:
        """All events that fit a filter after `after` up to `until`, which the log has reached (its
        head says so): nothing stays on the server however often this is asked. For a whole large
        log `follow` is five times as fast. Raises `Unavailable`."""
        pages = read(self.nc, self.stream, after, filters, until)
        async with aclosing(pages):
            async for page in pages:
                yield Batch(await self._readable(page.messages), page.position)

    async def remove(self, originator_id: str, before: int) -> int:
        """Deletes the aggregate's messages below a sequence, their bytes on disk overwritten;
        returns how many there were. Raises `Unavailable`; done again, it goes on."""
        return await delete_before(self.nc, self.stream, pattern_of(originator_id), before)

    async def head(self) -> Head:
        """Where the log begins and ends now; raises `Unavailable`."""
        return await streams.head(self.nc, self.stream)

    async def _readable(self, messages: Sequence[Message]) -> list[Event]:
        """Raises `UnknownFact` for what a newer Filon wrote, but where it is in quarantine."""
        try:
            return self.quarantine.readable(messages, ())
        except UnknownFact:
            passed_over = await streams.quarantined(self.nc, self.stream)
            return self.quarantine.readable(messages, passed_over)

    async def _expect(self, event: Event) -> Expectation:
        """Where its predecessor is; for one that was appended before too, so that it is found."""
        pattern = pattern_of(event.originator_id)
        follows = event.originator_version - 1
        if follows == 0:
            return Expectation(pattern, 0)
        last = self._last.get(event.originator_id)
        if last is not None and last.version == follows:
            return Expectation(pattern, last.sequence)
        newest = await self._reader.newest(pattern)
        if newest is None or version_of(newest) < follows:
            raise Conflict(Conflict.__doc__)
        if version_of(newest) == follows:
            return Expectation(pattern, newest.sequence)
        for message in await self._reader.all(pattern):
            if version_of(message) == follows:
                return Expectation(pattern, message.sequence)
        raise Conflict(Conflict.__doc__)

    def _remember(self, originator_id: str, version: int, sequence: int) -> None:
        if not version:
            return
        self._last[originator_id] = Last(version, sequence)
        self._last.move_to_end(originator_id)
        if len(self._last) > _REMEMBERED:
            self._last.popitem(last=False)


def _firsts(events: Sequence[Event]) -> dict[str, int]:
    """Where each aggregate begins; raises `Conflict` where a later version does not follow."""
    firsts: dict[str, int] = {}
    versions: dict[str, int] = {}
    for index, event in enumerate(events):
        id, version = event.originator_id, event.originator_version
        if not version:
            continue
        firsts.setdefault(id, index)
        if versions.setdefault(id, version - 1) != version - 1:
            raise Conflict(f"{id}: version {version} does not follow {versions[id]}")
        versions[id] = version
    return firsts

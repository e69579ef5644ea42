"""Stored events in one stream, asynchronously: what the library's recorders are made of."""

from collections.abc import AsyncGenerator, Sequence
from uuid import UUID, uuid4

from eventsourcing.persistence import IntegrityError, StoredEvent, Tracking

from services.log.eventsourcing.stored import Subjects, topic_of, version_of
from services.log.jetstream import stream as streams
from services.log.jetstream.api import get_from_leader
from services.log.jetstream.append import Append, Expectation
from services.log.jetstream.appender import Appender
from services.log.jetstream.connection import NatsConnection
from services.log.jetstream.follower import MessagePage, follow
from services.log.jetstream.message import Message
from services.log.jetstream.reader import DirectReader


class Store:
    """Appends and reads the messages of one application."""

    def __init__(self, nc: NatsConnection, stream: str) -> None:
        self._nc, self._stream = nc, stream
        self._subjects = Subjects(stream)
        self._appender = Appender(nc, stream)
        self._reader = DirectReader(nc, stream)

    async def open(self, replicas: int) -> None:
        """Sets the stream up where there is none."""
        await streams.ensure(self._nc, self._stream, self._subjects.all, replicas)

    async def insert(
        self, events: Sequence[StoredEvent], tracking: Tracking | None = None
    ) -> list[int]:
        """All of them with the tracking or nothing; returns the events' notification ids. Raises
        `IntegrityError` for a version that is stored, or named twice, or a position passed."""
        if len({(event.originator_id, event.originator_version) for event in events}) < len(events):
            raise IntegrityError("Stored events are not unique")
        command = uuid4().hex
        drafts, expected = [], {}
        for index, event in enumerate(events):
            draft, expected[index] = self._subjects.draft(event, f"{command}-{index}")
            drafts.append(draft)
        if tracking is not None:
            expected[len(drafts)] = await self._expect_before(tracking)
            drafts.append(self._subjects.tracking_draft(tracking, f"{command}-tracking"))
        if not drafts:
            return []
        first = await self._appender.append(Append(drafts, expected))
        return list(range(first, first + len(events)))

    async def select(
        self, id: UUID | str, gt: int | None, lte: int | None, desc: bool, limit: int | None
    ) -> list[Message]:
        """An originator's messages by version."""
        pattern = self._subjects.originator(id)
        if desc and limit == 1 and gt is None and lte is None:
            newest = await self._reader.last(pattern)
            return [] if newest is None else [newest]
        after = await self._sequence_of(id, gt)
        found = await self._reader.after(pattern, after, limit if not desc and after else None)
        low, high = -1 if gt is None else gt, float("inf") if lte is None else lte
        kept = [message for message in found if low < version_of(message) <= high]
        return sorted(kept, key=version_of, reverse=desc)[:limit]

    async def notifications(
        self, after: int, limit: int, stop: int | None, topics: Sequence[str]
    ) -> list[Message]:
        """Messages of the whole application in order, of those topics if any are named.

        Several topics are told apart here: a request for each could be answered by replicas that
        lag behind one another, and what one left out would be skipped.
        """
        pattern = self._subjects.topic(topics[0]) if len(topics) == 1 else self._subjects.events
        found: list[Message] = []
        wanted = None if len(topics) > 1 else limit
        async for page in self._reader.pages(pattern, after, wanted):
            for message in page:
                if stop is not None and message.sequence > stop:
                    return found
                if not topics or topic_of(message) in topics:
                    found.append(message)
                if len(found) == limit:
                    return found
        return found

    async def last_notification(self) -> int | None:
        newest = await self._newest(self._subjects.events)
        return None if newest is None else newest.sequence

    async def last_tracked(self, application_name: str) -> int | None:
        newest = await self._newest(self._subjects.tracking(application_name))
        return None if newest is None else int(newest.data)

    def follow(self, after: int, topics: Sequence[str]) -> AsyncGenerator[MessagePage, None]:
        filters = [self._subjects.topic(topic) for topic in topics] or [self._subjects.events]
        return follow(self._nc, self._stream, after, filters, None)

    async def _newest(self, pattern: str) -> Message | None:
        return await get_from_leader(self._nc, self._stream, {"last_by_subj": pattern})

    async def _expect_before(self, tracking: Tracking) -> Expectation:
        pattern = self._subjects.tracking(tracking.application_name)
        newest = await self._newest(pattern)
        if newest is None:
            return Expectation(pattern, 0)
        if int(newest.data) >= tracking.notification_id:
            raise IntegrityError(f"{tracking} is at or before {newest.data.decode()}")
        return Expectation(pattern, newest.sequence)

    async def _sequence_of(self, id: UUID | str, version: int | None) -> int:
        """Where to begin reading behind that version; 0 when it is not stored."""
        if version is None or version < 0:
            return 0
        found = await self._reader.last(self._subjects.version(id, version))
        return 0 if found is None else found.sequence

"""The library's application recorder over `filon.>`."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from eventsourcing.persistence import (
    ApplicationRecorder,
    Notification,
    NotSupportedError,
    StoredEvent,
    Subscription,
)

from events.subjects import ROOT, WHOLE_ORGANISATION, Address, InvalidSubjectToken, everything
from events.subjects import subject as subject_of
from services.log.cloudevents import originator_of, pattern_of
from services.log.eventsourcing.bridge import Bridge
from services.log.eventsourcing.mapper import EventMapper, name_of, notification, stored_event
from services.log.eventsourcing.pages import Pages
from services.log.eventsourcing.subscription import LogSubscription
from services.log.jetstream.current import CurrentReader
from services.log.jetstream.message import Message
from services.log.jetstream.reader import DirectReader
from services.log.log import Log


class NoTracking(NotSupportedError):
    """Filon's log keeps no positions of others; keep yours where your own events or tables are, in
    one transaction with them."""


class LogRecorder(ApplicationRecorder):
    """Reads every fact of the log; appends through the same writer as everybody else.

    Notification ids are sequences of the stream: they have gaps, where facts were erased.
    """

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._mapper = EventMapper()

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Their notification ids; all of them are stored or none.

        Raises `Conflict`, an `IntegrityError`, where another event has that version already, and
        what else `Log.append` raises. The very same events again (their ids say so) are a success
        that adds nothing: a process that died before it kept its position goes on by that.
        A position to keep with them raises `NoTracking`.
        """
        if kwargs.get("tracking") is not None:
            raise NoTracking(NoTracking.__doc__)
        if not stored_events:
            return []
        events = [self._mapper.to_domain_event(stored) for stored in stored_events]
        last = self._bridge.run(lambda log: log.append(*events))
        return [*range(last - len(events) + 1, last + 1)]

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """By version, in whatever order they are stored, as the stream's leader has them; none for
        an id that no subject holds."""
        low, high = -1 if gt is None else gt, float("inf") if lte is None else lte
        try:
            pattern = pattern_of(str(originator_id))
        except (InvalidSubjectToken, TypeError):  # TypeError: not of four parts
            return []
        found = map(stored_event, self._bridge.run(lambda log: _all_on(log, pattern)))
        kept = [stored for stored in found if low < stored.originator_version <= high]
        return sorted(kept, key=lambda stored: stored.originator_version, reverse=desc)[:limit]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Of a topic, all its schema versions: the mapper lifts them all to today's."""
        after = 0 if start is None else start - 1 if inclusive_of_start else start
        found = self._bridge.run(
            lambda log: _select(log, max(after, 0), limit, stop, {name_of(t) for t in topics})
        )
        return [notification(message) for message in found]

    def max_notification_id(self) -> int | None:
        """As the stream's leader has it."""
        newest = self._bridge.run(lambda log: _newest(log, f"{ROOT}.>"))
        return None if newest is None else newest.sequence

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        filters = [everything(event_type=name_of(topic)) for topic in topics] or [f"{ROOT}.>"]
        return LogSubscription(self, Pages(self._bridge, gt or 0, filters), gt, topics)

    def read(
        self, org: str | None = None, campaign: str | None = None, *, stop: int
    ) -> Iterator[Notification]:
        """All facts (of one organisation, one campaign) up to `stop`, in order, far faster than by
        `select_notifications`; raises `InvalidSubjectToken`."""
        scope = ".".join(_token(each) for each in (org, campaign))
        for page in Pages(self._bridge, 0, [f"{ROOT}.{scope}.>"], stop):
            yield from (notification(m) for m in page.messages if m.sequence <= stop)

    def locate(self, org: str, kind: str, id: str) -> str | None:
        """The originator id of which only the campaign is not known; raises
        `InvalidSubjectToken`."""
        known = pattern_of(str(Address(org, WHOLE_ORGANISATION, kind, id)))
        pattern = known.replace(f".{WHOLE_ORGANISATION}.", ".*.", 1)
        newest = self._bridge.run(lambda log: _newest(log, pattern))
        return None if newest is None else originator_of(newest.subject)


def _token(named: str | None) -> str:
    """Of a filter's subject, where none named is any; raises `InvalidSubjectToken`."""
    if named is None:
        return "*"
    subject_of(Address(named, named, named, named), named)
    return named


async def _newest(log: Log, pattern: str) -> Message | None:
    return await CurrentReader(log.nc, log.stream).newest(pattern)


async def _all_on(log: Log, pattern: str) -> list[Message]:
    return await CurrentReader(log.nc, log.stream).all(pattern)


async def _select(
    log: Log, after: int, limit: int, stop: int | None, names: set[str]
) -> list[Message]:
    """Several names are told apart here: a request for each could be answered by replicas that lag
    behind one another, and what one left out would be skipped."""
    only = next(iter(names)) if len(names) == 1 else None
    pattern = everything(event_type=only) if only else f"{ROOT}.>"
    pages = DirectReader(log.nc, log.stream).pages(pattern, after, None if names else limit)
    found: list[Message] = []
    async for page in pages:
        for message in page:
            if stop is not None and message.sequence > stop:
                return found
            if not names or message.subject.rpartition(".")[2] in names:
                found.append(message)
            if len(found) == limit:
                return found
    return found

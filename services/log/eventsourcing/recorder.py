"""The `eventsourcing` library's recorders on JetStream."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    Notification,
    ProcessRecorder,
    StoredEvent,
    Subscription,
    Tracking,
    TrackingRecorder,
)

from services.log.eventsourcing.bridge import Bridge
from services.log.eventsourcing.store import Store
from services.log.eventsourcing.stored import notification, stored_event
from services.log.eventsourcing.subscription import LogSubscription


class LogRecorder:
    """What all of them share: a store, and the thread it lives on."""

    def __init__(self, bridge: Bridge, store: Store) -> None:
        self._bridge, self._store = bridge, store


class LogAggregateRecorder(LogRecorder, AggregateRecorder):
    """Stored events by originator; snapshots have a stream of their own."""

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        self._bridge.run(self._store.insert(stored_events))
        return None

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        found = self._bridge.run(self._store.select(originator_id, gt, lte, desc, limit))
        return [stored_event(message) for message in found]


class LogApplicationRecorder(LogAggregateRecorder, ApplicationRecorder):
    """Stored events by originator and in the application's order; ids are stream sequences."""

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        return self._bridge.run(self._store.insert(stored_events))

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        after = 0 if start is None else start - 1 if inclusive_of_start else start
        found = self._bridge.run(self._store.notifications(max(after, 0), limit, stop, topics))
        return [notification(message) for message in found]

    def max_notification_id(self) -> int | None:
        return self._bridge.run(self._store.last_notification())

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        pages = self._store.follow(gt or 0, topics)
        return LogSubscription(self, self._bridge, pages, gt, topics)


class LogTrackingRecorder(LogRecorder, TrackingRecorder):
    """Positions in upstream applications, each a message whose predecessor must be the last one."""

    def insert_tracking(self, tracking: Tracking) -> None:
        self._bridge.run(self._store.insert([], tracking))

    def max_tracking_id(self, application_name: str) -> int | None:
        return self._bridge.run(self._store.last_tracked(application_name))


class LogProcessRecorder(LogTrackingRecorder, LogApplicationRecorder, ProcessRecorder):
    """Events and the position that they follow from, in one atomic append."""

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        tracking: Tracking | None = kwargs.get("tracking")
        return self._bridge.run(self._store.insert(stored_events, tracking))

"""A materialised view of the library's projection cases, kept in the log itself."""

from eventsourcing.persistence import StoredEvent, Tracking
from eventsourcing.tests.projection import EventCountersView

from services.log.eventsourcing.recorder import LogTrackingRecorder
from services.log.eventsourcing.stored import stored_event

CREATED, SUBSEQUENT = "created", "subsequent"


class LogEventCounters(LogTrackingRecorder, EventCountersView):
    """Each count is how many events its originator has; one is stored with its tracking or not."""

    def get_created_event_counter(self) -> int:
        return self._count(CREATED)

    def get_subsequent_event_counter(self) -> int:
        return self._count(SUBSEQUENT)

    def incr_created_event_counter(self, tracking: Tracking) -> None:
        self._increment(CREATED, tracking)

    def incr_subsequent_event_counter(self, tracking: Tracking) -> None:
        self._increment(SUBSEQUENT, tracking)

    def _count(self, name: str) -> int:
        newest = self._bridge.run(self._store.select(name, None, None, True, 1))
        return stored_event(newest[0]).originator_version if newest else 0

    def _increment(self, name: str, tracking: Tracking) -> None:
        counted = StoredEvent(name, self._count(name) + 1, "counted", b"")
        self._bridge.run(self._store.insert([counted], tracking))

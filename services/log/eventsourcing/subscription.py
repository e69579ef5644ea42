"""The library's subscription: notifications as they are recorded, for one thread that waits."""

from collections import deque
from collections.abc import Sequence

from eventsourcing.persistence import ApplicationRecorder, Notification, Subscription

from services.log.eventsourcing.mapper import notification
from services.log.eventsourcing.pages import Pages


class LogSubscription(Subscription[ApplicationRecorder]):
    """A stop from any thread ends the iteration, and so does closing the application."""

    def __init__(
        self, recorder: ApplicationRecorder, pages: Pages, gt: int | None, topics: Sequence[str]
    ) -> None:
        super().__init__(recorder, gt, topics)
        self._pages = pages
        self._read: deque[Notification] = deque()

    def stop(self) -> None:
        super().stop()
        self._pages.stop()

    def __next__(self) -> Notification:
        while not self._read and not self._has_been_stopped:
            self._read.extend(notification(message) for message in next(self._pages).messages)
        if self._has_been_stopped:
            raise StopIteration
        return self._read.popleft()

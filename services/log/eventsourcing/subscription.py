"""The library's subscription: notifications as they are recorded, for one thread that waits."""

from collections import deque
from collections.abc import AsyncGenerator, Sequence
from concurrent.futures import CancelledError, Future

from eventsourcing.persistence import ApplicationRecorder, Notification, Subscription

from services.log.eventsourcing.bridge import Bridge
from services.log.eventsourcing.stored import notification
from services.log.jetstream.follower import MessagePage


class LogSubscription(Subscription[ApplicationRecorder]):
    """Reads one page ahead; a stop from any thread ends the iteration."""

    def __init__(
        self,
        recorder: ApplicationRecorder,
        bridge: Bridge,
        pages: AsyncGenerator[MessagePage, None],
        gt: int | None,
        topics: Sequence[str],
    ) -> None:
        super().__init__(recorder, gt, topics)
        self._bridge = bridge
        self._pages = pages
        self._read: deque[Notification] = deque()
        self._next: Future[MessagePage] | None = None

    def stop(self) -> None:
        super().stop()
        if self._next is not None:
            self._next.cancel()

    def __next__(self) -> Notification:
        while not self._read and not self._has_been_stopped:
            self._read_on()
        if self._has_been_stopped:
            raise StopIteration
        return self._read.popleft()

    def _read_on(self) -> None:
        reading = self._next or self._bridge.begin(_after(self._pages))
        self._next = reading
        if self._has_been_stopped:
            reading.cancel()
        try:
            page = reading.result()
        except CancelledError:
            return
        self._read.extend(notification(message) for message in page.messages)
        self._next = self._bridge.begin(_after(self._pages))


async def _after(pages: AsyncGenerator[MessagePage, None]) -> MessagePage:
    return await anext(pages)

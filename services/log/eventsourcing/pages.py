"""Pages of the log for one thread that waits for them."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from concurrent.futures import CancelledError, Future

from services.log.eventsourcing.bridge import Bridge, Closed
from services.log.jetstream.follower import follow
from services.log.jetstream.message import MessagePage
from services.log.log import Log


class Pages(Iterator[MessagePage]):
    """Reads one page ahead. Ends at `until`, else never; a `stop` from any thread ends it too."""

    def __init__(
        self, bridge: Bridge, after: int, filters: Sequence[str], until: int | None = None
    ) -> None:
        self._bridge = bridge
        self._after, self._filters, self._until = after, filters, until
        self._source: AsyncGenerator[MessagePage, None] | None = None
        self._next: Future[MessagePage | None] | None = None
        self._stopped = False

    def stop(self) -> None:
        self._stopped = True
        if self._next is not None:
            self._next.cancel()

    def __next__(self) -> MessagePage:
        """Raises `StopIteration` also when the log was closed meanwhile."""
        try:
            page = self._read_on()
        except (CancelledError, Closed):
            page = None
        if page is None:
            self._stopped = True
            raise StopIteration
        return page

    def _read_on(self) -> MessagePage | None:
        reading = self._next or self._bridge.begin(self._read)
        self._next = reading
        if self._stopped:
            reading.cancel()
        page = reading.result()
        if page is not None:
            self._next = self._bridge.begin(self._read)
        return page

    async def _read(self, log: Log) -> MessagePage | None:
        if self._source is None:
            self._source = follow(log.nc, log.stream, self._after, self._filters, self._until)
        return await anext(self._source, None)

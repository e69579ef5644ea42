"""FastStream's broker, which must also end while NATS is away."""

from contextlib import suppress
from types import TracebackType

from faststream.nats import NatsBroker
from nats.errors import ConnectionReconnectingError

from services.log.jetstream.connection import UNREACHABLE


class Broker(NatsBroker):
    """Its own connection may still be looking for the server when the worker is told to stop: there
    is nobody then to drain to, and what was not acknowledged is delivered again."""

    async def stop(
        self,
        exc_type: type[BaseException] | None = None,
        exc_val: BaseException | None = None,
        exc_tb: TracebackType | None = None,
    ) -> None:
        """Ends what is under way, then the connection."""
        try:
            await super().stop(exc_type, exc_val, exc_tb)
        except (ConnectionReconnectingError, *UNREACHABLE):
            if self._connection is not None:
                with suppress(OSError):  # of a server that has just gone
                    await self._connection.close()

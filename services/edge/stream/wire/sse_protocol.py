"""uvicorn's HTTP protocol with a direct way to the transport, for `text/event-stream`, and with
bounds on how long and how slow the head of a request may be."""

import asyncio

from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from services.edge.stream.close_codes import GOODBYE_S

EXTENSION = "filon.events"
"""Key in the scope's `extensions` under which an application finds its `EventProtocol`."""


LARGEST_HEAD_BYTES = 64 * 1024
"""Bytes of a request's line and headers."""
HEAD_WITHIN_S = 20.0
"""Seconds in which they must have come."""


class EventProtocol(HttpToolsProtocol):
    """One HTTP connection; `uvicorn.Config(http=EventProtocol)`."""

    _head: int | None = None
    """Bytes that came of a head which is not complete."""
    _deadline: asyncio.TimerHandle | None = None
    _claimed = False

    def connection_made(
        self,
        transport: asyncio.Transport,  # type: ignore[override]  # as uvicorn's
    ) -> None:
        super().connection_made(transport)
        self._deadline = self.loop.call_later(HEAD_WITHIN_S, self.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        self._in_time()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._claimed:
            self.abort()
            return
        before = self._head
        super().data_received(data)
        if self._head is None or self.transport.is_closing():
            return
        if before is not None:  # else what came may have been the end of another request
            self._head += len(data)
        if self._head > LARGEST_HEAD_BYTES:
            self.send_400_response("The request's head is too large.")
        elif self._deadline is None:
            self._deadline = self.loop.call_later(HEAD_WITHIN_S, self.abort)

    def on_headers_complete(self) -> None:
        self._head = None
        self._in_time()
        super().on_headers_complete()

    def _in_time(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head = 0
        self.scope["extensions"] = {EXTENSION: self}  # type: ignore[dict-item]  # ours to define

    def claim(self, scope: Scope) -> bool:
        """Makes the connection this request's alone until its response ends: what is asked behind
        a stream would wait for ever. False where something was asked behind it already."""
        self._claimed = self.cycle.scope is scope
        return self._claimed

    def hurry(self) -> None:
        """Cuts the connection unless its response ends soon: its peer may have stopped reading."""
        self._in_time()
        self._deadline = self.loop.call_later(GOODBYE_S, self.abort)

    def on_response_complete(self) -> None:
        self._claimed = False
        if not self.queued():
            self._in_time()
        super().on_response_complete()

    @property
    def congested(self) -> bool:
        return self.flow.write_paused

    def queued(self) -> int:
        """Bytes that wait for the peer."""
        return self.transport.get_write_buffer_size()

    def write(self, chunk: bytes) -> None:
        """Takes chunks of the running response's body (RFC 9112, 7.1); before it begins and after
        its end nothing is written."""
        cycle = self.cycle
        if cycle.response_started and not (cycle.disconnected or cycle.response_complete):
            self.transport.write(chunk)

    async def drained(self) -> None:
        await self.flow.drain()

    def wake(self) -> None:
        """Makes the application's `receive` return, so that it looks whether it is done."""
        self.cycle.message_event.set()

    def abort(self) -> None:
        """Cuts the connection, whatever is queued."""
        self.transport.abort()

"""uvicorn's WebSocket protocol with a direct way to the transport.

The ASGI `send` builds each frame anew and takes a coroutine for each. What goes to many browsers is
the same bytes, so the hub writes prebuilt frames; the transport's own buffer is the connection's
queue, and the transport says when it is congested.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request

from services.edge.stream.close_codes import GOODBYE_S
from services.edge.stream.metrics import CLOSED

EXTENSION = "filon.socket"
"""Key in the scope's `extensions` under which an application finds its `SocketProtocol`."""
_PING = b"\x89\x00"


class SocketProtocol(WebSocketsSansIOProtocol):
    """One WebSocket; `uvicorn.Config(ws=SocketProtocol)`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heard = self.loop.time()
        """When the peer last sent anything (loop time)."""
        self.ended = False
        """Whether nothing more may be written."""
        self.congested = False

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            extensions = cast(dict[str, Any], self.scope["extensions"])
            extensions[EXTENSION] = self

    def data_received(self, data: bytes) -> None:
        self.heard = self.loop.time()
        super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended = True
        super().connection_lost(exc)

    def handle_ping(self) -> None:
        """Whoever pings and does not read gets no answer, instead of ever more of our memory."""
        pong = b"".join(self.conn.data_to_send())
        if not self.congested:
            self.write(pong)

    def handle_close(self, event: Frame) -> None:
        """The browser's goodbye; one that reads nothing more is cut off in the end."""
        super().handle_close(event)
        self.ended = self.close_sent = True
        if self.queued():
            self.loop.call_later(GOODBYE_S, self.transport.abort)

    def handle_parser_exception(self) -> None:
        """Only stops writing: closed with bytes unread, TCP would reset the connection and the
        browser never see why. Told again of each part that still comes, it says it once."""
        if self.close_sent:
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": 1002})
        self.transport.write(b"".join(self.conn.data_to_send()))
        self._say_goodbye()
        if self.transport.can_write_eof():
            self.transport.write_eof()

    def pause_writing(self) -> None:
        self.congested = True
        super().pause_writing()

    def resume_writing(self) -> None:
        self.congested = False
        super().resume_writing()

    async def drained(self) -> None:
        await self.writable.wait()

    def queued(self) -> int:
        """Bytes that wait for the peer."""
        return self.transport.get_write_buffer_size()

    def silent_for(self) -> float:
        """Seconds since the peer last sent anything."""
        return self.loop.time() - self.heard

    def write(self, frames: bytes) -> None:
        """Takes whole WebSocket frames, prebuilt."""
        if not self.ended:
            self.transport.write(frames)

    def ping(self) -> None:
        self.write(_PING)

    def finish(self, code: int, reason: str) -> None:
        """Closes after what is queued; who does not read it in time is cut off."""
        if self.ended or self.close_sent:
            return
        CLOSED.labels(str(int(code))).inc()
        self.conn.send_close(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self._say_goodbye()

    def abort(self) -> None:
        """Cuts the connection, whatever is queued."""
        self.ended = True
        self.transport.abort()

    def _say_goodbye(self) -> None:
        self.ended = self.close_sent = True
        self.close_timer = asyncio.get_running_loop().call_later(GOODBYE_S, self.transport.abort)

"""A connection over server-sent events."""

from services.accounts import Principal, Sessions
from services.edge.stream.close_codes import Code
from services.edge.stream.fanout.connection import BrowserConnection
from services.edge.stream.metrics import CLOSED
from services.edge.stream.wire.encoding import Transport
from services.edge.stream.wire.sse_protocol import EventProtocol


class Listener(BrowserConnection):
    """It ends with its response."""

    __slots__ = ("_protocol", "closed_for")

    def __init__(
        self, access: Sessions, principal: Principal, limit: int, protocol: EventProtocol
    ) -> None:
        super().__init__(access, principal, Transport.SSE, limit, protocol)
        self._protocol = protocol
        self.closed_for: Code | None = None

    def finish(self, code: Code, reason: str) -> None:
        """Says why, and ends the response; the browser comes back with `Last-Event-ID`. One that
        reads nothing would never see the end: it is cut off."""
        CLOSED.labels(str(int(code))).inc()
        self.closed_for = code
        if code is Code.TOO_SLOW:
            self._protocol.abort()
        else:
            self.tell("ERROR", {"code": str(int(code)), "message": reason})
            self._protocol.hurry()
        self._protocol.wake()

    def probe(self, silence: float) -> None:
        """Nothing to ask: TCP tells when a heartbeat found nobody."""

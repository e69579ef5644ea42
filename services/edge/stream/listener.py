"""A connection over server-sent events."""

from services.edge.access import Access, Principal
from services.edge.stream.closing import Code
from services.edge.stream.connection import Connection
from services.edge.stream.counters import CLOSED
from services.edge.stream.encoding import Transport
from services.edge.stream.event_protocol import EventProtocol


class Listener(Connection):
    """It ends with its response."""

    __slots__ = ("_protocol", "closed_for")

    def __init__(
        self, access: Access, principal: Principal, limit: int, protocol: EventProtocol
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

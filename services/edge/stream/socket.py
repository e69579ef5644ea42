"""A connection over WebSocket."""

from services.edge.access import Access, Principal
from services.edge.stream.closing import Code
from services.edge.stream.connection import Connection
from services.edge.stream.encoding import Transport
from services.edge.stream.protocol import SocketProtocol


class Socket(Connection):
    """It ends with a closing handshake, and answers pings."""

    __slots__ = ("_protocol",)

    def __init__(
        self,
        access: Access,
        principal: Principal,
        transport: Transport,
        limit: int,
        protocol: SocketProtocol,
    ) -> None:
        super().__init__(access, principal, transport, limit, protocol)
        self._protocol = protocol

    def finish(self, code: Code, reason: str) -> None:
        self._protocol.finish(code, reason)

    def probe(self, silence: float) -> None:
        if self._protocol.silent_for() > silence:
            self._protocol.abort()
        else:
            self._protocol.ping()

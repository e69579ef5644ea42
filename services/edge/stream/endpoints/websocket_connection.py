"""A connection over WebSocket."""

from services.accounts import Principal, Sessions
from services.edge.stream.close_codes import Code
from services.edge.stream.fanout.connection import BrowserConnection
from services.edge.stream.wire.encoding import Transport
from services.edge.stream.wire.websocket_protocol import SocketProtocol


class Socket(BrowserConnection):
    """It ends with a closing handshake, and answers pings."""

    __slots__ = ("_protocol",)

    def __init__(
        self,
        access: Sessions,
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

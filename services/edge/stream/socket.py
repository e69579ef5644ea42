"""A connection over WebSocket."""

from services.edge.access import Access, Principal
from services.edge.stream.closing import Code
from services.edge.stream.connection import Connection
from services.edge.stream.encoding import Transport
from services.edge.stream.protocol import SocketProtocol


class Socket(Connection):
    """Writes prebuilt frames straight to the transport, whose buffer is its queue."""

    __slots__ = ("_protocol",)

    def __init__(
        self,
        access: Access,
        principal: Principal,
        transport: Transport,
        limit: int,
        protocol: SocketProtocol,
    ) -> None:
        super().__init__(access, principal, transport, limit)
        self._protocol = protocol

    @property
    def congested(self) -> bool:
        return self._protocol.congested

    def queued(self) -> int:
        return self._protocol.queued()

    def write(self, chunk: bytes) -> None:
        self._protocol.write(chunk)

    async def drained(self) -> None:
        await self._protocol.writable.wait()

    def finish(self, code: Code, reason: str) -> None:
        self._protocol.finish(code, reason)

    def probe(self, silence: float) -> None:
        if self._protocol.silent_for() > silence:
            self._protocol.abort()
        else:
            self._protocol.ping()

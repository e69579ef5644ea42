"""uvicorn's HTTP protocol with a direct way to the transport, for `text/event-stream`."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

EXTENSION = "filon.events"
"""Key in the scope's `extensions` under which an application finds its `EventProtocol`."""


class EventProtocol(HttpToolsProtocol):
    """One HTTP connection; `uvicorn.Config(http=EventProtocol)`."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {EXTENSION: self}  # type: ignore[dict-item]  # ours to define

    @property
    def congested(self) -> bool:
        return self.flow.write_paused

    def queued(self) -> int:
        """Bytes that wait for the peer."""
        return self.transport.get_write_buffer_size()

    def write(self, body: bytes) -> None:
        """A part of the running response's body (RFC 9112, 7.1)."""
        if not (self.cycle.disconnected or self.cycle.response_complete):
            self.transport.write(b"%x\r\n%b\r\n" % (len(body), body))

    def wake(self) -> None:
        """Makes the application's `receive` return, so that it looks whether it is done."""
        self.cycle.message_event.set()

    def abort(self) -> None:
        """Cuts the connection, whatever is queued."""
        self.transport.abort()

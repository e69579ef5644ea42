"""What the stream keeps: a subject, headers and bytes."""

from typing import NamedTuple

ID = "Nats-Msg-Id"


class Draft(NamedTuple):
    """A message that is to be published."""

    subject: str
    id: str
    """Says whether what is found in the stream later is this very message."""
    headers: str
    """`Name: value` lines, each ended by CRLF; `Nats-Msg-Id` is among them."""
    data: bytes

    @property
    def size(self) -> int:
        return len(self.headers) + len(self.data)


class Message(NamedTuple):
    """A message that was read back."""

    subject: str
    headers: dict[str, str]
    data: bytes
    sequence: int

    @property
    def id(self) -> str:
        return self.headers.get(ID, "")


class MessagePage(NamedTuple):
    """Messages in order, and the position that a reader has reached with them."""

    messages: list[Message]
    position: int


def parse_headers(block: bytes) -> dict[str, str]:
    """A header block as the server sends it, without its status line."""
    lines = block.decode(errors="replace").split("\r\n")[1:-2]
    try:
        return dict([line.split(": ", 1) for line in lines])
    except ValueError:  # a client of another kind left the space, or the colon, out
        pairs = (line.partition(":") for line in lines)
        return {name: value.strip() for name, _, value in pairs}


def status_of(block: bytes) -> int:
    """The status that a message from the server itself carries; 0 for a stored message."""
    return int(block[9:12]) if block and block[8:9] == b" " else 0

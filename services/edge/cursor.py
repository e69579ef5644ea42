"""The one position that WebSocket, SSE, REST and replay resume from; opaque to clients."""

import base64
import binascii
import re
from typing import NamedTuple, Self

_INSIDE = re.compile(r"([A-Za-z0-9-]{1,64})\.(\d{1,19})")


class MalformedCursor(ValueError):
    """This is no cursor; send one exactly as it was received."""


class Cursor(NamedTuple):
    """A place in one history of the log."""

    epoch: str
    """Which history: every restore from a copy begins a new one."""
    sequence: int
    """Everything up to and including this position of the stream is known."""

    def encode(self) -> str:
        """As clients carry it, in URLs and headers too."""
        text = f"{self.epoch}.{self.sequence}"
        return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The inverse of `encode`; raises `MalformedCursor`."""
        inside = _INSIDE.fullmatch(_decoded(text))
        if inside is None:
            raise MalformedCursor(MalformedCursor.__doc__)
        return cls(inside[1], int(inside[2]))


def _decoded(text: str) -> str:
    padded = text + "=" * (-len(text) % 4)
    try:
        return base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return ""

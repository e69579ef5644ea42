"""One JSON text per fact and language; one wrapping per transport, shared by all who get it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import NamedTuple

import orjson

from services.edge.stream.frames import Payload

_TEXT = 0x81
"""First byte of an unfragmented WebSocket text frame (RFC 6455, 5.2)."""
_LARGEST_BATCH_BYTES = 256 * 1024
"""Bytes of one `filon.batch.v1` frame; what is larger is cut in several."""


class Transport(Enum):
    """How bytes reach the browser."""

    WEBSOCKET = "websocket"
    BATCH = "batch"
    """WebSocket with the sub-protocol `filon.batch.v1`: each frame is a JSON array."""
    SSE = "sse"


class Text(NamedTuple):
    """One message, ready to be wrapped."""

    json: bytes
    cursor: str | None
    """None for what is no fact."""


def message(type: str, payload: Payload, cursor: str, at: datetime) -> bytes:
    told = {"type": type, "payload": payload, "cursor": cursor, "at": _instant(at)}
    return orjson.dumps(told)


def signal(type: str, payload: Payload, cursor: str) -> Text:
    """A message that is no fact."""
    return Text(message(type, payload, cursor, datetime.now(UTC)), None)


def wrap(texts: Sequence[Text], transport: Transport) -> bytes:
    """The bytes of several messages, to be written at once."""
    match transport:
        case Transport.WEBSOCKET:
            return b"".join(websocket_frame(text.json) for text in texts)
        case Transport.BATCH:
            return _batches(texts)
        case Transport.SSE:
            return _chunk(b"".join(map(_server_sent, texts)))


def websocket_frame(text: bytes) -> bytes:
    size = len(text)
    if size < 126:
        return bytes((_TEXT, size)) + text
    if size < 65536:
        return bytes((_TEXT, 126)) + size.to_bytes(2, "big") + text
    return bytes((_TEXT, 127)) + size.to_bytes(8, "big") + text


def _batches(texts: Sequence[Text]) -> bytes:
    frames: list[bytes] = []
    start, size = 0, 0
    for index, text in enumerate(texts):
        if size and size + len(text.json) > _LARGEST_BATCH_BYTES:
            frames.append(_batch(texts[start:index]))
            start, size = index, 0
        size += len(text.json)
    return b"".join([*frames, _batch(texts[start:])])


def _batch(texts: Sequence[Text]) -> bytes:
    return websocket_frame(b"[" + b",".join([text.json for text in texts]) + b"]")


def _server_sent(text: Text) -> bytes:
    """JSON has no line break, so that one `data:` line holds it."""
    id = b"" if text.cursor is None else b"id: " + text.cursor.encode() + b"\n"
    return id + b"data: " + text.json + b"\n\n"


def _chunk(body: bytes) -> bytes:
    """A part of a response's body (RFC 9112, 7.1)."""
    return b"%x\r\n%b\r\n" % (len(body), body)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

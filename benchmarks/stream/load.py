"""The load generator: many connections in one process, counted and timed without parsing JSON.

    python -m benchmarks.stream.load SPEC     (SPEC is a `Spec` as JSON)

Prints `ready` once every connection is established, then at the end of its input the `Counted`.
"""

import asyncio
import json
import os
import sys
import time
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import cast

import uvloop

_AT = b'"at":"'
READY = b'"READY"'


@dataclass
class Spec:
    """What to open, and what to count."""

    kind: str
    """`ws`, `batch`, `sse`, `nats` for the NATS server's own WebSocket, or `deflate`: a WebSocket
    that offers compression, as every browser does."""
    port: int
    connections: int
    token: str = ""
    query: str = ""
    queries: list[str] = field(default_factory=list)
    """One for each connection in turn, instead of `query`."""
    marker: str = '"AGENT_ACTIVITY"'
    timed: bool = False
    at_once: int = 50
    """Handshakes under way at the same time."""


@dataclass
class Counted:
    """What arrived."""

    messages: int = 0
    bytes: int = 0
    ready: int = 0
    lost: int = 0
    """Connections that the server closed."""
    cpu: float = 0.0
    opened: float = 0.0
    """When the first connection was begun, seconds since the epoch."""
    last: float = 0.0
    """When the last message arrived, seconds since the epoch."""
    levels: list[float] = field(default_factory=list)
    """When each connection was told READY, likewise."""
    latencies: list[float] = field(default_factory=list)
    """Milliseconds from the decision of the fact."""


class Client(asyncio.Protocol):
    """One connection; a marker that is cut by a read's end is found with the next."""

    def __init__(self, spec: Spec, request: bytes, counted: Counted) -> None:
        self._spec, self._request, self._counted = spec, request, counted
        self._marker = spec.marker.encode()
        self._tail = b""
        self._level = False
        self.transport: asyncio.Transport
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is no subclass
        self.transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if self._spec.kind == "deflate":
            self._count_frames(data)
        else:
            self._count_markers(data)

    def _count_markers(self, data: bytes) -> None:
        counted = self._counted
        counted.bytes += len(data)
        text = self._tail + data
        if not self._level:
            self._look_for_ready(text)
        if found := text.count(self._marker):
            counted.messages += found
            counted.last = time.time()
            if self._spec.timed:
                self._time(text)
        self._tail = text[-(len(self._marker) - 1) :]

    def _count_frames(self, data: bytes) -> None:
        """What is compressed has no marker; each message is a frame of less than 64 KiB."""
        self._counted.bytes += len(data)
        rest = self._tail + data
        if not self._level:
            head, end, rest = rest.partition(b"\r\n\r\n")
            self._level = bool(end)
            rest = rest if end else head
        while self._level and len(rest) >= 4:
            size = rest[1] & 127
            whole = size + 2 if size < 126 else int.from_bytes(rest[2:4], "big") + 4
            if len(rest) < whole:
                break
            self._take_frame()
            rest = rest[whole:]
        self._tail = rest

    def _take_frame(self) -> None:
        if self.opened.done():
            self._counted.messages += 1
        else:
            self._counted.ready += 1
            self.opened.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        self._counted.lost += 1
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("closed before it was ready"))

    def _look_for_ready(self, text: bytes) -> None:
        if self._spec.kind == "nats" and b"INFO " in text:
            words = b'CONNECT {"verbose":false,"pedantic":false}\r\nSUB filon.> 1\r\nPING\r\n'
            self.transport.write(_masked(words))
        if READY in text or (self._spec.kind == "nats" and b"PONG\r\n" in text):
            self._level = True
            self._counted.ready += 1
            self._counted.levels.append(time.time())
            if not self.opened.done():
                self.opened.set_result(None)

    def _time(self, text: bytes) -> None:
        now = time.time()
        start = text.find(_AT)
        while start >= 0:
            stamp = text[start + len(_AT) : start + len(_AT) + 24]
            if len(stamp) == 24:
                at = datetime.fromisoformat(stamp.decode()).timestamp()
                self._counted.latencies.append((now - at) * 1000)
            start = text.find(_AT, start + 24)


def _masked(words: bytes) -> bytes:
    """A binary client frame with a mask of zeros."""
    return bytes((0x82, 0x80 | len(words))) + bytes(4) + words


def _request(spec: Spec, query: str) -> bytes:
    path = {"sse": "/api/stream", "nats": "/"}.get(spec.kind, "/ws") + query
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{spec.port}"]
    if spec.token:
        lines.append(f"Authorization: Bearer {spec.token}")
    if spec.kind != "sse":
        lines += [
            "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        ]  # fmt: skip
    if spec.kind == "deflate":
        lines.append("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")
    if spec.kind == "batch":
        lines.append("Sec-WebSocket-Protocol: filon.batch.v1")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def _open(spec: Spec, index: int, counted: Counted, turn: asyncio.Semaphore) -> Client:
    query = spec.queries[index % len(spec.queries)] if spec.queries else spec.query
    async with turn:
        loop = asyncio.get_running_loop()
        _, client = await loop.create_connection(
            lambda: Client(spec, _request(spec, query), counted), "127.0.0.1", spec.port
        )
        await client.opened
        return client


async def run(spec: Spec) -> None:
    counted = Counted(opened=time.time())
    turn = asyncio.Semaphore(spec.at_once)
    await asyncio.gather(*(_open(spec, i, counted, turn) for i in range(spec.connections)))
    began = time.process_time()
    print("ready", flush=True)
    await _input_ends()
    counted.cpu = time.process_time() - began
    print(json.dumps(asdict(counted)), flush=True)
    os._exit(0)  # thousands of sockets need no farewell


async def _input_ends() -> None:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    await reader.read()


if __name__ == "__main__":
    uvloop.run(run(Spec(**json.loads(sys.argv[1]))))

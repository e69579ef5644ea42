"""How the edge is served, so that the stream reaches its transports."""

import gc
from collections.abc import Awaitable, Callable
from socket import socket
from typing import Any

import uvicorn
from starlette.applications import Starlette

from services.edge.stream.endpoints.routing import StreamFirst
from services.edge.stream.wire.sse_protocol import EventProtocol
from services.edge.stream.wire.websocket_protocol import SocketProtocol

LARGEST_MESSAGE_BYTES = 64 * 1024
"""Bytes of one WebSocket message from a browser; larger closes with 1009."""


def configuration(app: Starlette, **options: Any) -> uvicorn.Config:
    """uvicorn's, with the stream in front of `app` and the protocols that it needs."""
    return uvicorn.Config(
        StreamFirst(app),
        interface="asgi3",
        http=EventProtocol,
        ws=SocketProtocol,
        ws_max_size=LARGEST_MESSAGE_BYTES,
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        **options,
    )


_COLLECT = 20_000, 20, 50
"""New objects before the garbage collector looks at them, and how rarely it looks at older ones."""


class StreamServer(uvicorn.Server):
    """Told to stop, it drains while it still answers, then refuses connections and ends."""

    def __init__(self, config: uvicorn.Config, drain: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._drain = drain

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """What is in memory by now stays: looking through it again and again would hold up every
        browser for a tenth of a second each time."""
        await super().startup(sockets)
        gc.collect()
        gc.freeze()
        gc.set_threshold(*_COLLECT)

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        await self._drain()
        await super().shutdown(sockets)

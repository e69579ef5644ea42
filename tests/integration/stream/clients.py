"""Browsers as the tests play them."""

import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from services.edge.cursor import Cursor
from tests.asyncapi_messages import fits
from tests.integration.stream.edges import ORIGIN, Edge

Frame = dict[str, Any]
SIGNALS = {
    "READY", "CURSOR", "RESET", "HEARTBEAT", "ERROR", "PONG", "CAMPAIGN_METRICS_UPDATE",
}  # fmt: skip


class Browser:
    """Reads frames; keeps all that it saw."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.seen: list[Frame] = []
        self._unread: list[Frame] = []

    async def frame(self) -> Frame:
        while not self._unread:
            told = json.loads(await self.socket.recv())
            self._unread = told if isinstance(told, list) else [told]
        frame = self._unread.pop(0)
        fits(frame)
        self.seen.append(frame)
        return frame

    async def next(self, type: str) -> Frame:
        """Skips what comes before the next one of that type."""
        while (frame := await self.frame())["type"] != type:
            pass
        return frame

    async def facts(self, count: int) -> list[Frame]:
        found: list[Frame] = []
        while len(found) < count:
            frame = await self.frame()
            if frame["type"] not in SIGNALS:
                found.append(frame)
        return found

    async def say(self, type: str, **payload: object) -> None:
        await self.socket.send(json.dumps({"type": type, "payload": payload}))

    async def subscribe(self, **payload: object) -> Frame:
        """Returns the READY that answers: the one that ends a replay, where it asks for one."""
        await self.say("SUBSCRIBE", **payload)
        while (ready := await self.next("READY"))["payload"]["resumed"] != ("after" in payload):
            pass
        return ready

    async def closed(self) -> int:
        """The code that the server closes with."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                await self.socket.recv()
        assert self.socket.close_code is not None
        return self.socket.close_code


@asynccontextmanager
async def browser(
    edge: Edge, org: str = "acme", user: str = "u-ada", query: str = "", **options: Any
) -> AsyncIterator[Browser]:
    """As the guide's client connects: the cookie, the page's origin, no sub-protocol."""
    headers = edge.cookie(org, user)
    async with connect(
        edge.ws + query, additional_headers=headers, origin=Origin(ORIGIN), **options
    ) as socket:
        page = Browser(socket)
        if not query:
            await page.next("READY")
        yield page


def sequences(frames: list[Frame]) -> list[int]:
    return [Cursor.parse(frame["cursor"]).sequence for frame in frames]


def numbers(frames: list[Frame]) -> list[int]:
    """Which prospects were announced, in order."""
    return [int(f["payload"]["prospect"]["id"].removeprefix("p1-")) for f in frames]

"""A TCP proxy that cuts its connections in the middle of what the client sends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Proxy:
    """Between one client and a server; `cut_after` bytes upstream, both ends are closed."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._writers: list[asyncio.StreamWriter] = []
        self.port = 0
        self.cut_after: int | None = None
        self.swallow_answers = False
        """Whether the server's words are kept from the client: acknowledgements are lost."""
        self.cuts = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._target)
        self._writers += [writer, back]
        async with asyncio.TaskGroup() as group:
            group.create_task(self._up(reader, back))
            group.create_task(self._down(there, writer))

    def cut(self) -> None:
        """Closes every connection now."""
        for writer in self._writers:
            writer.close()
        self._writers.clear()
        self.cuts += 1

    async def _up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(4096):
                if self.cut_after is not None and len(data) >= self.cut_after:
                    writer.write(data[: self.cut_after])
                    await writer.drain()
                    self.cut_after = None
                    await asyncio.sleep(0.02)
                    self.cut()
                    return
                if self.cut_after is not None:
                    self.cut_after -= len(data)
                writer.write(data)
                await writer.drain()
        writer.close()

    async def _down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                if not self.swallow_answers:
                    writer.write(data)
                    await writer.drain()
        writer.close()


@asynccontextmanager
async def proxied(target: int) -> AsyncIterator[Proxy]:
    proxy = Proxy(target)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        proxy.cut()
        server.close()

"""Whether the pages answer yet."""

import asyncio

PERIOD = 0.05
"""Seconds between two questions."""


async def until_ready(port: int) -> None:
    """Return once `/readyz` on this machine answers 200, however long that takes."""
    while True:
        if await answers_200(port, "/readyz"):
            return
        await asyncio.sleep(PERIOD)


async def answers_200(port: int, path: str) -> bool:
    """Whether this machine's `port` answers a GET of `path` with 200, within two seconds."""
    try:
        async with asyncio.timeout(2):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"GET {path} HTTP/1.0\r\nHost: localhost:{port}\r\n\r\n".encode())
            status = await reader.readline()
            writer.close()
    except OSError:  # TimeoutError is one
        return False
    return status.split()[1:2] == [b"200"]

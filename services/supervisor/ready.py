"""Whether the pages answer yet."""

import asyncio

PERIOD_S = 0.05
"""Between two questions."""
PATIENCE_S = 2.0
_TITLE = b"<title>Filon"


async def until_ready(port: int) -> None:
    """Return once `/readyz` on this machine answers 200, however long that takes."""
    while True:
        if await answers_200(port, "/readyz"):
            return
        await asyncio.sleep(PERIOD_S)


async def answers_200(port: int, path: str) -> bool:
    """Whether this machine's `port` answers a GET of `path` with 200, within two seconds."""
    return (await _get(port, path)).split()[1:2] == [b"200"]


async def is_filon(port: int) -> bool:
    """Whether what answers there is an edge, ready or not."""
    return _TITLE in await _get(port, "/")


async def _get(port: int, path: str) -> bytes:
    """The whole answer; empty when there is none."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"GET {path} HTTP/1.0\r\nHost: localhost:{port}\r\n\r\n".encode())
            answer = await reader.read()
            writer.close()
    except OSError:  # TimeoutError is one
        return b""
    return answer

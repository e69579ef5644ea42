"""What a command does with the NATS server, and how it says that it could not."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from services.cli.terminal import say

if TYPE_CHECKING:
    from services.log.jetstream.connection import NatsConnection

PATIENCE_S = 3.0
"""For the server to answer."""


def connected(work: "Callable[[NatsConnection], Awaitable[int]]") -> int:
    """The exit status: what `work` returns, or 1 where the server does not do its part."""
    return asyncio.run(_connected(work))


async def _connected(work: "Callable[[NatsConnection], Awaitable[int]]") -> int:
    from services.log.errors import LogFull, RequestRefused
    from services.log.jetstream.connection import NOT_ANSWERED, NatsConnection
    from services.settings import NatsSettings
    from services.settings.nats import without_password

    url = NatsSettings.load().nats_url
    nc = NatsConnection()
    try:
        async with asyncio.timeout(PATIENCE_S):
            await nc.open(url, "filon-tools")
        return await work(nc)
    except NOT_ANSWERED:
        say("operations.unreachable", url=without_password(url))
    except (RequestRefused, LogFull) as error:
        say("operations.refused", why=error)
    except OSError as error:
        name = error.filename or without_password(url)
        say("operations.file", file=name, why=error.strerror or error)
    finally:
        await nc.close()
    return 1

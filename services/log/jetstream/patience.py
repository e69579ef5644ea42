"""Asking again while a server is away, elects a leader, or an answer was lost on the way."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from services.log.errors import Unavailable
from services.log.jetstream.api import Transient
from services.log.jetstream.connection import UNREACHABLE, NatsConnection

T = TypeVar("T")
PATIENCE_S = 10.0
"""Seconds within which a server that went away, or elects a leader, may answer."""
_PAUSE_S = 0.05


class Lost(Exception):
    """A reply did not arrive."""


async def patiently(nc: NatsConnection, once: Callable[[], Awaitable[T]]) -> T:
    """The first answer of `once`; raises `Unavailable` when there is none within `PATIENCE_S`."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                try:
                    await nc.until_connected()
                    return await once()
                except (Lost, Transient, *UNREACHABLE):
                    if nc.is_closed:
                        raise
                    await asyncio.sleep(_PAUSE_S)
    except (Lost, Transient, *UNREACHABLE) as lost:
        raise Unavailable(Unavailable.__doc__) from lost

"""Following the log: everything after a position, live tail included, nothing skipped.

A pull consumer of its own, with no more messages under way than were asked for, so that a slow
reader slows the server down instead of losing messages or filling the memory. Each message tells
its number within the consumer: where one is missing, or the server was away, a new consumer goes on
from the last good sequence.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from services.log.jetstream.api import Transient, get_from_leader
from services.log.jetstream.connection import UNREACHABLE, NatsConnection
from services.log.jetstream.consumer import HEARTBEAT_S, Consumer, Gap
from services.log.jetstream.message import MessagePage
from services.log.jetstream.stream import head

_FIRST_LOOK_S = 0.2
"""Seconds of quiet before a follower looks whether the log went on with what it filters out."""
_RETRY_S = 0.2


async def follow(
    nc: NatsConnection, stream: str, after: int, filters: Sequence[str], until: int | None
) -> AsyncGenerator[MessagePage, None]:
    """Ends once the position has reached `until`; without it, never. Raises `Missing` when there
    is no such stream, and `RequestRefused` for filters that the server does not take."""
    position = after
    while until is None or position < until:
        try:
            async with aclosing(_consume(nc, stream, position, filters, until)) as pages:
                async for page in pages:
                    position = page.position
                    yield page
                    if until is not None and position >= until:
                        return
        except (Gap, Transient, *UNREACHABLE):
            await nc.until_connected()
            await asyncio.sleep(_RETRY_S)


async def _consume(
    nc: NatsConnection, stream: str, after: int, filters: Sequence[str], until: int | None
) -> AsyncGenerator[MessagePage, None]:
    consumer = Consumer(nc, stream, after)
    async with nc.tap(consumer.arrive) as inbox, aclosing(consumer):
        await consumer.create(inbox, filters)
        patience = 0.0 if until is not None else _FIRST_LOOK_S
        while True:
            if messages := await consumer.take(HEARTBEAT_S if consumer.pending else patience):
                patience = 0.0 if until is not None else _FIRST_LOOK_S
                yield MessagePage(messages, consumer.position)
            elif consumer.pending:
                consumer.expect_a_sign_of_life()
            else:
                patience = HEARTBEAT_S
                last = await _nothing_until(nc, stream, consumer.position, filters)
                if last > consumer.position and not consumer.held:
                    consumer.position = last
                    yield MessagePage([], last)
                consumer.expect_a_sign_of_life()


async def _nothing_until(
    nc: NatsConnection, stream: str, position: int, filters: Sequence[str]
) -> int:
    """The sequence up to which the log holds nothing that the filters let through.

    The stream's leader is asked, not the consumer, whose replica may lag behind; its last sequence
    is read beforehand, so that what is appended meanwhile is not passed over.
    """
    last = (await head(nc, stream)).last
    if last <= position:
        return position
    for pattern in filters:
        ask = {"next_by_subj": pattern, "seq": position + 1}
        if await get_from_leader(nc, stream, ask) is not None:
            return position
    return last

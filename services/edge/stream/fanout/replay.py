"""From a cursor to the live tail, without a gap and without a duplicate.

The replay buffer holds everything after its floor up to the hub's position, and both move only
between two steps of the event loop. So a connection reads on, from the log and then from the
buffer, at its own pace; when one step brings it level with what was handed out to its
organisation, it joins its group in that same step.
"""

import asyncio
import logging
from collections.abc import Sequence
from functools import partial

from services.edge.cursor import Cursor, MalformedCursor
from services.edge.stream.close_codes import Code
from services.edge.stream.fanout.connection import BrowserConnection
from services.edge.stream.fanout.hub import Hub
from services.edge.stream.fanout.log_pages import PAGE, RETRY_S, parts, read_page
from services.edge.stream.fanout.replay_buffer import Item
from services.edge.stream.fanout.subscriptions import Interest
from services.edge.stream.metrics import DELIVERIES, REPLAY_PAGES
from services.log import Head
from services.log.errors import RequestRefused
from services.log.jetstream.connection import UNREACHABLE

logger = logging.getLogger(__name__)


def subscribe(
    hub: Hub, connection: BrowserConnection, interest: Interest, after: str | None
) -> None:
    """Replaces the connection's subscription; `after` is a cursor as the browser sent it."""
    hub.part(connection)
    connection.wanted = interest
    if after is None:
        hub.join(connection, interest)
        connection.greet()
        return
    try:
        cursor = Cursor.parse(after)
    except MalformedCursor:
        hub.reset(connection, "malformed")
        return
    resume(hub, connection, interest, cursor)


def resume(
    hub: Hub,
    connection: BrowserConnection,
    interest: Interest,
    after: Cursor,
    *,
    greet: bool = True,
) -> None:
    """Tells what follows `after`, then goes on live; `greet` says when it begins and when it has
    joined the live tail."""
    if after.epoch != hub.epoch:
        hub.reset(connection, "epoch")
        return
    connection.epoch, connection.since = after
    replay = connection.replay = asyncio.create_task(_resume(hub, connection, interest, greet))
    replay.add_done_callback(partial(_surface, connection))


async def _resume(hub: Hub, connection: BrowserConnection, interest: Interest, greet: bool) -> None:
    if (reason := await _refusal(hub, interest.org, connection.since)) is not None:
        connection.replay = None
        hub.reset(connection, reason)
        return
    if greet:
        connection.greet()
    await _catch_up(hub, connection, interest)
    connection.replay = None
    hub.join(connection, interest)
    if greet:
        connection.greet(resumed=True)


def _surface(connection: BrowserConnection, replay: asyncio.Task[None]) -> None:
    """A replay that broke must not leave a silent connection behind."""
    if not replay.cancelled() and (error := replay.exception()) is not None:
        logger.error("stream.replay_failed", exc_info=error)
        connection.close(Code.INTERNAL_ERROR, "The replay failed; come back with your cursor.")


async def _refusal(hub: Hub, org: str, sequence: int) -> str | None:
    """Why what follows `sequence` can't be told."""
    if hub.buffer.floor <= sequence <= hub.handed_out(org):
        return None
    head = await _head(hub)
    if sequence > head.last:
        return "future"
    if sequence < head.floor:
        return "expired"
    while hub.handed_out(org) < sequence:
        await hub.moved()
    return None


async def _head(hub: Hub) -> Head:
    while True:
        try:
            return await hub.log.head()
        except (RequestRefused, *UNREACHABLE):
            await asyncio.sleep(RETRY_S)


async def _catch_up(hub: Hub, connection: BrowserConnection, interest: Interest) -> None:
    """Returns in the same step of the event loop in which it is level with the hub."""
    while True:
        await asyncio.sleep(0)
        await connection.paced(hub.settings.stalled)
        if connection.since < hub.buffer.floor:
            await _page_log(hub, connection, interest)
            continue
        items = _buffered(hub, interest.org, connection.since)
        REPLAY_PAGES.labels("buffer").inc()
        part = next(parts(items), items)
        _replay(connection, interest, part)
        if len(part) == len(items) < PAGE:
            return
        connection.since = part[-1].sequence


def _buffered(hub: Hub, org: str, after: int) -> list[Item]:
    """The next page of what was handed out to others."""
    items, last = hub.buffer.after(org, after, PAGE), hub.handed_out(org)
    return items if last == hub.position else [item for item in items if item.sequence <= last]


async def _page_log(hub: Hub, connection: BrowserConnection, interest: Interest) -> None:
    try:
        async with hub.history:
            items, position = await read_page(hub, interest, connection.since)
    except (RequestRefused, *UNREACHABLE):
        await asyncio.sleep(RETRY_S)
        return
    REPLAY_PAGES.labels("log").inc()
    for part in parts(items):
        _replay(connection, interest, part)
        connection.since = part[-1].sequence
        await connection.paced(hub.settings.stalled)
    connection.since = position


def _replay(connection: BrowserConnection, interest: Interest, items: Sequence[Item]) -> None:
    wanted = [item.text(interest.language) for item in items if interest.wants(item)]
    DELIVERIES.labels(interest.transport.value).inc(len(wanted))
    connection.replayed(wanted)

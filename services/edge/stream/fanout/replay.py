"""From a cursor to the live tail, without a gap and without a duplicate.

The replay buffer holds everything after its floor up to the hub's position, and both move only
between two steps of the event loop. So a connection reads on, from the log and then from the
buffer, at its own pace; when one step brings it level with what was handed out to its
organisation, it joins its group in that same step.
"""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from functools import partial

from events.fact import Event
from events.subjects import ROOT
from services.edge.cursor import Cursor, MalformedCursor
from services.edge.stream.close_codes import Code
from services.edge.stream.fanout.agent_statuses import AgentStatuses
from services.edge.stream.fanout.connection import BrowserConnection
from services.edge.stream.fanout.hub import Hub
from services.edge.stream.fanout.replay_buffer import Item
from services.edge.stream.fanout.subscriptions import Interest
from services.edge.stream.metrics import DELIVERIES, REPLAY_PAGES
from services.log import Head
from services.log.errors import RequestRefused, Unavailable
from services.log.jetstream.connection import UNREACHABLE

_PAGE = 500
_RETRY_S = 0.2
_SLICE = 100
"""Events that are put into words before live ones have their turn."""
_WRITE_BYTES = 1024 * 1024
"""Bytes of facts, all languages counted, that are written before the browser has read some."""
_PAGES = 4
"""Pages that are read from the log for one reader before others have their turn."""


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
            await asyncio.sleep(_RETRY_S)


async def _catch_up(hub: Hub, connection: BrowserConnection, interest: Interest) -> None:
    """Returns in the same step of the event loop in which it is level with the hub."""
    while True:
        await asyncio.sleep(0)
        await connection.paced(hub.settings.stalled)
        if connection.since < hub.buffer.floor:
            await _page_log(hub, connection, interest)
            continue
        items = _buffered(hub, interest.org, connection.since)
        REPLAY_PAGES.labels("ring").inc()
        part = next(_parts(items), items)
        _replay(connection, interest, part)
        if len(part) == len(items) < _PAGE:
            return
        connection.since = part[-1].sequence


def _buffered(hub: Hub, org: str, after: int) -> list[Item]:
    """The next page of what was handed out to others."""
    items, last = hub.buffer.after(org, after, _PAGE), hub.handed_out(org)
    return items if last == hub.position else [item for item in items if item.sequence <= last]


async def _page_log(hub: Hub, connection: BrowserConnection, interest: Interest) -> None:
    async with hub.history:
        items, position = await _read_page(hub, interest, connection.since)
    REPLAY_PAGES.labels("log").inc()
    for part in _parts(items):
        _replay(connection, interest, part)
        connection.since = part[-1].sequence
        await connection.paced(hub.settings.stalled)
    connection.since = position


async def _read_page(hub: Hub, interest: Interest, after: int) -> tuple[list[Item], int]:
    """The next told facts after `after`, and where they lead; never past the ring's floor, since
    what lies beyond the hub's own position would be told twice."""
    floor, epoch = hub.buffer.floor, hub.epoch
    filters = [f"{ROOT}.{interest.org}.{interest.campaign or '*'}.>"]
    statuses = AgentStatuses(hub.log)
    items: list[Item] = []
    position, read, size = after, 0, 0
    async with aclosing(hub.log.follow(after, filters, until=floor)) as batches:
        async for batch in batches:
            events = [event for event in batch.events if event.sequence <= floor]
            for start in range(0, len(events), _SLICE):
                part = events[start : start + _SLICE]
                await _prepared(statuses, part)
                made = [
                    item for each in part if (item := Item.of(each, epoch, statuses.after(each)))
                ]
                items += made
                size += sum(item.size for item in made)
                await asyncio.sleep(0)
            position, read = min(batch.position, floor), read + len(events)
            if read >= _PAGES * _PAGE or size >= _PAGES * _WRITE_BYTES:
                break
    return items, position


async def _prepared(statuses: AgentStatuses, events: Sequence[Event]) -> None:
    while True:
        try:
            return await statuses.prepare(events)
        except (Unavailable, *UNREACHABLE):
            await asyncio.sleep(_RETRY_S)


def _parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Them all in order, no part much larger than `_WRITE_BYTES`."""
    start, size = 0, 0
    for end, item in enumerate(items, 1):
        size += item.size
        if size >= _WRITE_BYTES:
            yield items[start:end]
            start, size = end, 0
    if start < len(items):
        yield items[start:]


def _replay(connection: BrowserConnection, interest: Interest, items: Sequence[Item]) -> None:
    wanted = [item.text(interest.language) for item in items if interest.wants(item)]
    DELIVERIES.labels(interest.transport.value).inc(len(wanted))
    connection.replayed(wanted)

"""History from the log, in pages, for those whom the replay buffer can't serve."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import aclosing

from events.fact import Event
from events.subjects import ROOT
from services.edge.stream.fanout.agent_statuses import AgentStatuses
from services.edge.stream.fanout.hub import Hub
from services.edge.stream.fanout.replay_buffer import Item
from services.edge.stream.fanout.subscriptions import Interest
from services.log.errors import Unavailable
from services.log.jetstream.connection import UNREACHABLE

PAGE = 500
"""Facts of one read from the replay buffer; a page of the log has a few times as many."""
RETRY_S = 0.2
"""Before the log is asked again."""
_SLICE = 100
"""Events that are put into words before live ones have their turn."""
_WRITE_BYTES = 1024 * 1024
"""Bytes of facts, all languages counted, that are written before the browser has read some."""
_PAGES = 4
"""Pages that are read from the log for one reader before others have their turn."""


async def read_page(hub: Hub, interest: Interest, after: int) -> tuple[list[Item], int]:
    """The next told facts after `after`, and where they lead; never past the buffer's floor, since
    what lies beyond the hub's own position would be told twice."""
    floor, epoch = hub.buffer.floor, hub.epoch
    filters = [f"{ROOT}.{interest.org}.{interest.campaign or '*'}.>"]
    statuses = AgentStatuses(hub.log)
    items: list[Item] = []
    position, read, size = after, 0, 0
    async with aclosing(hub.log.read(after, filters, floor)) as batches:
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
            if read >= _PAGES * PAGE or size >= _PAGES * _WRITE_BYTES:
                break
    return items, position


async def _prepared(statuses: AgentStatuses, events: Sequence[Event]) -> None:
    while True:
        try:
            return await statuses.prepare(events)
        except (Unavailable, *UNREACHABLE):
            await asyncio.sleep(RETRY_S)


def parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Them all in order, no part much larger than `_WRITE_BYTES`."""
    start, size = 0, 0
    for end, item in enumerate(items, 1):
        size += item.size
        if size >= _WRITE_BYTES:
            yield items[start:end]
            start, size = end, 0
    if start < len(items):
        yield items[start:]

"""The one reader of the log that an edge process has: it feeds the hub."""

import asyncio
import logging
import time
from contextlib import aclosing

from events.agent import AgentStatus
from events.fact import Event
from services.edge.stream.fanout.agent_statuses import AgentStatuses
from services.edge.stream.fanout.hub import Hub
from services.edge.stream.fanout.replay_buffer import Item
from services.edge.stream.metrics import LAG_EVENTS, LAG_SECONDS
from services.log.errors import RequestRefused
from services.log.jetstream.connection import UNREACHABLE
from services.tracing import span

MOST_ADDED_S = 0.02
"""Seconds that facts may wait for company when there are many."""
_REST_FACTOR = 4
"""Of the process's time, a fifth is for handing out, as far as `MOST_ADDED_S` allows."""
_QUICK_S = 0.002
"""Seconds that a handing out may take without a rest: to some 150 connections."""
_WATCH_S = 5.0
_AGAIN_S = 1.0
_SLICE = 200
"""Events that are handed out together, so that no large batch holds up the sockets."""

logger = logging.getLogger(__name__)


class LogTail:
    """Follows the log for a hub, and notices when it has become another one."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._statuses = AgentStatuses(hub.log)
        self._following: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._level = False
        """Whether what it reads is news."""

    async def start(self) -> None:
        head = await self._hub.log.head()
        start = max(head.floor, head.last - self._hub.settings.preload)
        self._hub.rebase(head.epoch, start)
        self._following = asyncio.create_task(self._keep_following())
        self._watching = asyncio.create_task(self._watch())
        while self._hub.position < head.last and not self._hub.stuck:
            await self._hub.moved()
        self._hub.hold.clear()  # what happened before the start waits for nobody's answer
        self._level = True

    async def stop(self) -> None:
        tasks = [task for task in (self._following, self._watching) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep_following(self) -> None:
        """A fact that can't be read stops the stream for all: it says so until somebody acts."""
        while True:
            try:
                await self._follow()
            except (RequestRefused, *UNREACHABLE) as error:
                logger.warning("stream.reader_interrupted error=%s", error)
                await asyncio.sleep(_AGAIN_S)
            except Exception:  # the task's outermost edge: it must not end without a word
                logger.exception("stream.reader_failed position=%s", self._hub.position)
                self._hub.suspend()
                await asyncio.sleep(_AGAIN_S)

    async def _follow(self) -> None:
        """Rests after each handing out that took its time: what arrives meanwhile, under load,
        shares one write to each connection. When all is quiet nothing does, and nothing waits."""
        async with aclosing(self._hub.log.follow(self._hub.position)) as batches:
            async for batch in batches:
                events = batch.events
                for start in range(0, len(events), _SLICE):
                    part = events[start : start + _SLICE]
                    last = start + _SLICE >= len(events)
                    await self._statuses.prepare(part)
                    await self._rest(
                        self._hand_out(part, batch.position if last else part[-1].sequence)
                    )
                if not events:
                    self._hand_out([], batch.position)

    async def _rest(self, spent: float) -> None:
        await asyncio.sleep(min(_REST_FACTOR * spent, MOST_ADDED_S) if spent > _QUICK_S else 0)

    def _hand_out(self, events: list[Event], position: int) -> float:
        """Returns how many seconds it took."""
        began = time.perf_counter()
        epoch = self._hub.epoch
        status = self._statuses.after
        items = [item for event in events if (item := _item(event, epoch, status(event)))]
        self._hub.take(items, position, len(events))
        if events and self._level:
            LAG_SECONDS.observe(max(0.0, time.time() - events[-1].at.timestamp()))
        return time.perf_counter() - began

    async def _watch(self) -> None:
        """A restored log is another history, where old cursors mean nothing."""
        hub = self._hub
        while True:
            await asyncio.sleep(_WATCH_S)
            position = hub.position
            try:
                head = await hub.log.head()
            except (RequestRefused, *UNREACHABLE):
                continue
            except Exception:  # the task's outermost edge, as above
                logger.exception("stream.watch_failed")
                continue
            LAG_EVENTS.set(max(0, head.last - hub.position))
            if head.epoch != hub.epoch or head.last < position:
                logger.warning("stream.epoch_changed old=%s new=%s", hub.epoch, head.epoch)
                await self._start_over(head.epoch, head.last)

    async def _start_over(self, epoch: str, position: int) -> None:
        if self._following:
            self._following.cancel()
            await asyncio.gather(self._following, return_exceptions=True)
        self._statuses = AgentStatuses(self._hub.log)
        self._hub.rebase(epoch, position)
        for connection in tuple(self._hub.connections):
            self._hub.reset(connection, "epoch")
        self._following = asyncio.create_task(self._keep_following())


def _item(event: Event, epoch: str, status: AgentStatus | None) -> Item | None:
    if event.traceparent is None:
        return Item.of(event, epoch, status)
    with span("frame", "PRODUCER", event.traceparent, sequence=str(event.sequence)):
        return Item.of(event, epoch, status)

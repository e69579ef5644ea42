"""Follows the log and keeps the read models, with their position in the same transaction."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import aclosing, suppress
from typing import Any

from nats.errors import Error as NatsError
from sqlalchemy import Engine, update
from sqlalchemy.exc import InterfaceError, OperationalError

from events.catalogue import UnknownFact
from events.fact import Event
from events.prospect import ProspectErased
from events.subjects import WHOLE_ORGANISATION, live_subject
from projections import lease, versions
from projections.campaigns import CampaignView
from projections.metrics_ticks import MetricsTicks
from projections.positions import NAME, Position, begin, stored
from projections.tables import positions, prospects
from projections.unit_of_work import UnitOfWork
from services.database import traces
from services.log import Log
from services.log.errors import Missing
from services.log.jetstream.connection import UNREACHABLE

POSITION = live_subject(WHOLE_ORGANISATION, WHOLE_ORGANISATION, "position")
"""Core NATS: the sequence up to which the read models are complete, after each commit."""
Check = Callable[[], Awaitable[None]]
"""Raises where the lease was lost."""
_LOOK_S = 1.0
"""Seconds between two looks whether all stands as it did, and before what failed is tried again."""
_ERASE_S = 0.5
"""Seconds between two attempts to erase what deleted rows left."""


class Overtaken(RuntimeError):
    """The read models' position, or the log's epoch, is no longer the one that this projector went
    on from; it starts over from the new one."""


def advance(
    engine: Engine, events: Sequence[Event], old: Position, sequence: int
) -> list[tuple[str, CampaignView]]:
    """Folds `events` and moves from `old` to `sequence`, both or neither; raises `Overtaken`."""
    with engine.begin() as connection:
        moved = connection.execute(
            update(positions)
            .where(positions.c.name == NAME, positions.c.epoch == old.epoch)
            .where(positions.c.sequence == old.sequence)
            .values(sequence=sequence)
        )
        if moved.rowcount != 1:
            raise Overtaken(Overtaken.__doc__)
        unit = UnitOfWork(connection)
        changed = unit.work(events)
        if unit.deleted and any(isinstance(event.fact, ProspectErased) for event in events):
            traces.note(connection, prospects)
    return changed


async def run(log: Log, engine: Engine) -> None:
    """Until cancelled; stands by while another projector keeps the read models. A database that is
    away, busy or deadlocked is tried again, and so is the log. Raises `ForeignLog`."""
    while True:
        try:
            async with lease.held(engine) as check:
                await _keep(log, engine, check)
        except UnknownFact as newer:  # a newer projector, or `filon log quarantine`, goes on
            logging.error("projector.stands error=%s", newer)
        except (OperationalError, InterfaceError, Missing, *UNREACHABLE) as error:
            logging.warning("projector.tries_again error=%r", getattr(error, "orig", error))
        await asyncio.sleep(_LOOK_S)


async def _keep(log: Log, engine: Engine, check: Check) -> None:
    """For as long as the lease is ours."""
    if await asyncio.to_thread(versions.prepare, engine):
        logging.info("projector.read_models_made_anew")
    ticks = MetricsTicks(log.nc)
    while True:
        before = await asyncio.to_thread(stored, engine)
        at = await asyncio.to_thread(begin, engine, before, await log.head())
        keeping = Keeping(log, engine, at)
        try:
            await _whichever_ends(
                keeping.follow(ticks), keeping.watch(check), _erase_traces(engine), ticks.run()
            )
        except Overtaken:
            logging.info("projector.starts_over at=%s", keeping.at)


class Keeping:
    """The read models kept from one position on, until something else than this moves it."""

    def __init__(self, log: Log, engine: Engine, at: Position) -> None:
        self._log, self._engine = log, engine
        self.at = at

    async def follow(self, ticks: MetricsTicks) -> None:
        """Raises `Overtaken`."""
        await self._tell()
        async with aclosing(self._log.follow(self.at.sequence)) as batches:
            async for batch in batches:
                changed = await asyncio.to_thread(
                    advance, self._engine, batch.events, self.at, batch.position
                )
                self.at = Position(self.at.epoch, batch.position)
                await self._tell()
                for org, campaign in changed:
                    ticks.note(org, campaign)

    async def watch(self, check: Check) -> None:
        """Raises `Overtaken` once the log has begun another epoch, as a restored one may hold other
        facts under the same sequences, or once the read models were emptied."""
        while True:
            await asyncio.sleep(_LOOK_S)
            await check()
            mine = self.at
            kept = await asyncio.to_thread(stored, self._engine)
            if kept is None or kept.sequence < mine.sequence or await self._other_epoch():
                raise Overtaken(Overtaken.__doc__)

    async def _other_epoch(self) -> bool:
        try:
            return (await self._log.head()).epoch != self.at.epoch
        except UNREACHABLE:
            return False  # following waits for it as well

    async def _tell(self) -> None:
        with suppress(NatsError):  # whoever did not hear it finds it in the database
            await self._log.nc.publish(POSITION, str(self.at.sequence).encode())


async def _erase_traces(engine: Engine) -> None:
    while True:
        await asyncio.to_thread(traces.erase, engine)
        await asyncio.sleep(_ERASE_S)


async def _whichever_ends(*works: Coroutine[Any, Any, None]) -> None:
    """Runs them beside one another until the first ends or raises, as all of this then does."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

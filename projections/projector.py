"""Follows the log and keeps the read models, with their position in the same transaction."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from nats.errors import Error as NatsError
from sqlalchemy import Connection, Engine, delete, insert, select, update

from events.fact import Event
from events.prospect import ProspectErased
from events.subjects import WHOLE_ORGANISATION, live_subject
from projections.campaigns import CampaignView
from projections.database import READ_MODELS, leave_no_trace, positions
from projections.metrics_ticks import MetricsTicks
from projections.unit_of_work import UnitOfWork
from services.log import Head, Log

NAME = "read-models"
POSITION = live_subject(WHOLE_ORGANISATION, WHOLE_ORGANISATION, "position")
"""Core NATS: the sequence up to which the read models are complete, after each commit."""


class Position(NamedTuple):
    """Up to where the read models hold the log."""

    epoch: str
    sequence: int


class Overtaken(RuntimeError):
    """Another projector went on from the same position; this one starts over from the new one."""


def position(connection: Connection) -> Position | None:
    row = connection.execute(
        select(positions.c.epoch, positions.c.sequence).where(positions.c.name == NAME)
    ).one_or_none()
    return Position(*row) if row else None


def begin(engine: Engine, head: Head) -> Position:
    """Where to go on; from nothing when the log is not the one that the read models came from."""
    with engine.begin() as connection:
        at = position(connection)
        if at and at.epoch == head.epoch and at.sequence <= head.last:
            return at
        clear(connection, head.epoch)
        return Position(head.epoch, 0)


def clear(connection: Connection, epoch: str) -> None:
    """Empties the read models; accounts are none and stay."""
    for table in (*READ_MODELS, positions):
        connection.execute(delete(table))
    connection.execute(insert(positions).values(name=NAME, epoch=epoch, sequence=0))


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
        changed = UnitOfWork(connection).work(events)
    if any(isinstance(event.fact, ProspectErased) for event in events):
        leave_no_trace(engine)
    return changed


async def run(log: Log, engine: Engine) -> None:
    """Until cancelled; raises a group with what ended one of its parts, so that none dies alone."""
    ticks = MetricsTicks(log.nc)
    async with asyncio.TaskGroup() as group:
        group.create_task(ticks.run())
        while True:
            at = await asyncio.to_thread(begin, engine, await log.head())
            with suppress(Overtaken):
                await _follow(log, engine, at, ticks)


async def _follow(log: Log, engine: Engine, at: Position, ticks: MetricsTicks) -> None:
    async for batch in log.follow(at.sequence):
        changed = await asyncio.to_thread(advance, engine, batch.events, at, batch.position)
        at = Position(at.epoch, batch.position)
        with suppress(NatsError):  # whoever did not hear it finds it in the database
            await log.nc.publish(POSITION, str(at.sequence).encode())
        for org, campaign in changed:
            ticks.note(org, campaign)

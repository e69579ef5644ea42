"""Building the read models anew from the log; accounts, which are in no log, stay as they are."""

import asyncio
import contextlib

from sqlalchemy import Engine

from projections import projector
from services.log import Log

_LOOK = 0.05
"""Seconds between two looks at how far it is."""


async def rebuild(log: Log, engine: Engine) -> int:
    """Empties the read models and folds the whole log again; returns the sequence reached.

    Those who ask meanwhile see them grow. A projector that runs beside is overtaken at its next
    event and goes on from where this one left off.
    """
    head = await log.head()
    with engine.begin() as connection:
        projector.clear(connection, head.epoch)
    work = asyncio.create_task(projector.run(log, engine))
    reached = asyncio.create_task(_reached(engine, head.last))
    done, _ = await asyncio.wait((work, reached), return_when=asyncio.FIRST_COMPLETED)
    for task in (work, reached):
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await work
    return next(iter(done)).result() or head.last


async def _reached(engine: Engine, sequence: int) -> int:
    while True:
        with engine.connect() as connection:
            at = projector.position(connection)
        if at is not None and at.sequence >= sequence:
            return at.sequence
        await asyncio.sleep(_LOOK)

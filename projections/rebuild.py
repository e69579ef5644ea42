"""Building the read models anew from the log; accounts, which are in no log, stay as they are."""

import asyncio
import contextlib

from sqlalchemy import Engine

from projections import projector
from projections.positions import clear, stored
from services.log import Log

_LOOK_S = 0.05
"""Seconds between two looks at how far it is."""


async def rebuild(log: Log, engine: Engine) -> int:
    """Empties the read models and folds the whole log again; returns the sequence reached.

    Those who ask meanwhile see them grow. A projector that runs beside notices within a second,
    and does the work.
    """
    head = await log.head()
    await asyncio.to_thread(clear, engine, head.epoch)
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
        at = await asyncio.to_thread(stored, engine)
        if at is not None and at.sequence >= sequence:
            return at.sequence
        await asyncio.sleep(_LOOK_S)

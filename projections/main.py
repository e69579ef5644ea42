"""The projector process."""

import asyncio
import logging
import signal

from projections import projector
from services.database import engine_from_env
from services.log import Log
from services.settings import NatsSettings


def run() -> None:
    """Keeps the read models until the process is told to stop. Raises `ForeignLog`."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    asyncio.run(_run())


async def _run() -> None:
    work = asyncio.create_task(_project())
    loop = asyncio.get_running_loop()
    for stop in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(stop, work.cancel)
    try:
        await work
    except asyncio.CancelledError:
        logging.info("projector.stopped")


async def _project() -> None:
    log = await Log.connect(NatsSettings.load().nats_url, name="filon-projector")
    engine = engine_from_env()
    logging.info("projector.started database=%s", engine.url.render_as_string())
    try:
        await projector.run(log, engine)
    finally:
        await log.close()
        engine.dispose()

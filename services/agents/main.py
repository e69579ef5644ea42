"""The worker process: `filon agents`."""

import asyncio
import logging
import os
from concurrent.futures import ThreadPoolExecutor

from services import tracing
from services.agents.models.chosen import ChosenModel, Models
from services.agents.models.settings import ModelSettings
from services.agents.settings import WorkSettings
from services.agents.sources import all_sources
from services.agents.workers import application
from services.log import Log
from services.log.errors import CredentialsRefused
from services.prospecting.identity import Identity
from services.settings import NatsSettings

_log = logging.getLogger(__name__)

THREADS = 16
"""CrewAI calls models and tools in threads: so many, and some for each prospect at work, that no
run waits for another's."""


def run() -> None:
    """Works until the process is told to stop, then ends what is under way. Raises
    `UnusableSetting`."""
    _speak_for_ourselves_only()
    tracing.start("agents")
    models = ChosenModel(ModelSettings.load())
    asyncio.run(_run(models, WorkSettings.load(), Identity.from_env()))


def _speak_for_ourselves_only() -> None:
    """Libraries put what models were asked and what they said, people included, in messages."""
    logging.basicConfig(level=logging.CRITICAL, format="%(message)s")
    for ours in ("services", "asyncio"):
        logging.getLogger(ours).setLevel(logging.INFO)


async def _run(models: Models, settings: WorkSettings, identity: Identity) -> None:
    """Ends the process: a model call that nobody waits for any more would hold it."""
    try:
        await _work(models, settings, identity)
    except CredentialsRefused as refused:
        _log.error("agents.refused why=%s", refused)  # its sentence says it all
        os._exit(os.EX_CONFIG)
    except BaseException:  # noqa: BLE001  # the process's outermost edge
        _log.exception("agents.died")
        os._exit(os.EX_SOFTWARE)
    _log.info("agents.stopped")
    tracing.stop()
    os._exit(os.EX_OK)


async def _work(models: Models, settings: WorkSettings, identity: Identity) -> None:
    threads = ThreadPoolExecutor(THREADS + 4 * settings.concurrency, "crew")
    asyncio.get_running_loop().set_default_executor(threads)
    url = NatsSettings.load().nats_url
    log = await Log.connect(url, name="filon-agents")
    async with all_sources() as sources:
        _log.info("agents.started model=%s concurrency=%s", models.name, settings.concurrency)
        await application(url, log, models, identity, sources, settings).run()
    await log.close()

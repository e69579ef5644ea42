"""The worker process: `filon agents`."""

import asyncio
import logging
import os
import sys
from concurrent.futures import ThreadPoolExecutor

from services import tracing
from services.agents.models.settings import Models, ModelSettings, UnusableModel
from services.agents.settings import WorkSettings
from services.agents.sources import sources_from_env
from services.agents.workers import application
from services.log import Log
from services.prospecting.identity import Identity, UnusableKey
from services.settings import UnusableSetting

_log = logging.getLogger(__name__)

THREADS = 16
"""CrewAI calls models and tools in threads: so many, and some for each prospect at work, that no
run waits for another's."""


def run() -> None:
    """Works until the process is told to stop, then ends what is under way."""
    _speak_for_ourselves_only()
    tracing.start("agents")
    try:
        equipment = ModelSettings.from_env(), WorkSettings.from_env(), Identity.from_env()
    except (UnusableModel, UnusableSetting, UnusableKey) as error:
        print(error, file=sys.stderr)
        sys.exit(os.EX_CONFIG)  # a restart would not help, and the supervisor knows
    asyncio.run(_run(*equipment))


def _speak_for_ourselves_only() -> None:
    """Libraries put what models were asked and what they said, people included, in messages."""
    logging.basicConfig(level=logging.CRITICAL, format="%(message)s")
    for ours in ("services", "asyncio"):
        logging.getLogger(ours).setLevel(logging.INFO)


async def _run(models: Models, settings: WorkSettings, identity: Identity) -> None:
    """Ends the process: a model call that nobody waits for any more would hold it."""
    try:
        await _work(models, settings, identity)
    except BaseException:  # noqa: BLE001  # the process's outermost edge
        _log.exception("agents.died")
        os._exit(os.EX_SOFTWARE)
    _log.info("agents.stopped")
    tracing.stop()
    os._exit(os.EX_OK)


async def _work(models: Models, settings: WorkSettings, identity: Identity) -> None:
    threads = ThreadPoolExecutor(THREADS + 4 * settings.concurrency, "crew")
    asyncio.get_running_loop().set_default_executor(threads)
    url = os.environ["FILON_NATS_URL"]
    log = await Log.connect(url, name="filon-agents")
    async with sources_from_env() as sources:
        _log.info("agents.started model=%s concurrency=%s", models.name, settings.concurrency)
        await application(url, log, models, identity, sources, settings).run()
    await log.close()

"""One process's patience with its language model: while that is away, all of it waits, one run
probes, and no prospect pays for it."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.agents.crews.guardrail import QuotedFact
from services.agents.crews.running import Job, ModelFailed, Usage, run
from services.agents.models.chosen import Models

_log = logging.getLogger(__name__)

LONGEST_S = 900.0
"""Before a probe, whatever the provider asks for."""


class Outage:
    """Runs crews, and knows when their model is away. A provider's `Retry-After` counts for all."""

    def __init__(self, models: Models, delays_s: tuple[float, ...]) -> None:
        self._models, self._delays_s = models, delays_s
        self._failures, self._until = 0, 0.0
        self._probe = asyncio.Lock()

    @property
    def name(self) -> str:
        """The model's."""
        return self._models.name

    @property
    def seconds_left(self) -> float:
        """Until the next probe; 0 while the model answers."""
        return max(0.0, self._until - time.monotonic()) if self._failures else 0.0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Begins once the model may be asked: at once; or, while it is away, when it is time for a
        probe, for one at a time. What was true before may not be so any more."""
        if self._failures:
            async with self._probe:
                await asyncio.sleep(self.seconds_left)
                if self._failures:
                    yield
                    return
        yield

    async def run(self, job: Job) -> tuple[list[QuotedFact], Usage]:
        """What the crew found; raises `ModelFailed`."""
        try:
            found = await run(job, self._models)
        except ModelFailed as failed:
            self._failures = self._failures + 1 if failed.fault.passing else 0
            if failed.fault.passing:
                delay = self._delays_s[min(self._failures, len(self._delays_s)) - 1]
                wait_s = min(max(delay, failed.fault.retry_after_s), LONGEST_S)
                self._until = max(self._until, time.monotonic() + wait_s)
                _log.warning("model.away reason=%s again_in=%.0f", failed.reason, wait_s)
            raise
        self._failures = 0
        return found

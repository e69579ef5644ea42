"""Commands that are carried out to their end, whoever still waits for the answer."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from starlette.responses import Response

PATIENCE_S = 10.0
"""What a command may take before its sender is told to try again."""
_ENDING_S = 5.0
"""What those under way may take when the process stops."""


class CommandsUnderWay:
    """One per process."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Response]] = set()

    async def in_time(self, work: Coroutine[Any, Any, Response]) -> Response:
        """What `work` answers or raises; `TimeoutError` where the log is away for long. The work
        itself goes on, for what happens to it is then unknown: sent again under its key, it still
        has one effect."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._end)
        return await asyncio.wait_for(asyncio.shield(task), PATIENCE_S)

    async def stop(self) -> None:
        """Lets them end, then cancels those that can't."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_ENDING_S)
        for task in self._tasks:
            task.cancel()

    def _end(self, task: asyncio.Task[Response]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # whoever still waited has had it

"""One idea of consistency: the log decides what exists, and a read waits for the read models.

- A command decides from the log alone and answers with a `Filon-Cursor`: where its facts are. It
  waits `COMMAND_WAITS_S` for the read models at most.
- A read with `Filon-After: <cursor>` waits until the read models hold that (`require`).
- A read by id asks the log for what the read models lack (`existence`): what does not exist there
  is 404; what does is waited for as if `Filon-After` had named its newest fact.
- Read models that stay behind are 503 `ReadModelsBehind` with `Retry-After`, never 404.
"""

import asyncio
import contextlib
import logging

from nats.aio.client import Client
from nats.aio.msg import Msg
from sqlalchemy.exc import SQLAlchemyError

from projections.projector import POSITION
from projections.queries import ReadModels
from services.edge.cursor import Cursor
from services.edge.http.problems import Problem
from services.log import Log, Unavailable
from services.log.jetstream.connection import UNREACHABLE

COMMAND_WAITS_S = 1.0
"""How long a command's answer waits for the read models to hold its facts."""
READ_WAITS_S = 5.0
"""How long a read waits for what it needs before it answers 503."""
_LOOK_EVERY_S = 0.1
"""Between two looks at the database, for signals that were not heard."""
_EPOCH_EVERY_S = 5.0
"""Between two looks at the log's epoch: a restored log has another."""


def behind() -> Problem:
    """The log holds what was asked for, the read models do not yet."""
    return Problem(503, "ReadModelsBehind", headers={"Retry-After": "1"})


class Consistency:
    """How far the read models hold the log, and waiting for them; one per process."""

    def __init__(self, log: Log, read_models: ReadModels) -> None:
        self._log, self._read_models = log, read_models
        self.epoch = ""
        """Of the log."""
        self.sequence = 0
        """Up to where the read models hold it."""
        self.known = False
        """Whether there are read models of this log at all."""
        self._moved = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Hears the projector's signals from now on; raises `Unavailable` without the log."""
        nc: Client = self._log.nc
        await nc.subscribe(POSITION, cb=self._heard)
        self.epoch = (await self._log.head()).epoch
        await self._look()
        self._task = asyncio.create_task(self._refresh())

    async def stop(self) -> None:
        """Looks no more."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def cursor(self, sequence: int) -> str:
        """A position of the log as clients are told it."""
        return Cursor(self.epoch, sequence).encode()

    async def reached(self, sequence: int, within_s: float) -> bool:
        """Whether the read models hold `sequence`, within so many seconds."""
        deadline = asyncio.get_running_loop().time() + within_s
        while not self.known or self.sequence < sequence:
            left_s = deadline - asyncio.get_running_loop().time()
            if left_s <= 0:
                return False
            await self._wait(min(left_s, _LOOK_EVERY_S))
            if not self.known or self.sequence < sequence:  # an empty log sends no signal
                await self._look()
        return True

    async def require(self, sequence: int) -> None:
        """Returns once the read models hold `sequence`; raises `Problem` 503 if they stay
        behind."""
        if not await self.reached(sequence, READ_WAITS_S):
            raise behind()

    async def _wait(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._moved.wait(), seconds)

    async def _heard(self, message: Msg) -> None:
        self._move(int(message.data))

    def _move(self, sequence: int) -> None:
        """Backwards too: a rebuild begins again."""
        self.sequence, self.known = sequence, True
        self._moved.set()
        self._moved = asyncio.Event()

    async def _look(self) -> None:
        with contextlib.suppress(SQLAlchemyError):  # not made yet, or away: as if it had not moved
            position = await asyncio.to_thread(self._read_models.position)
            if position.epoch == self.epoch:
                self._move(position.sequence)

    async def _refresh(self) -> None:
        while True:
            await asyncio.sleep(_EPOCH_EVERY_S)
            try:
                self.epoch = (await self._log.head()).epoch
            except (Unavailable, *UNREACHABLE):
                logging.warning("log.unreachable")

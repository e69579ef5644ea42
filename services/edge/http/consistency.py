"""How far the read models are, and waiting until they are far enough."""

import asyncio
import contextlib
import logging

from nats.aio.client import Client
from nats.aio.msg import Msg
from sqlalchemy.exc import SQLAlchemyError

from projections.projector import POSITION
from projections.queries import ReadModels
from services.edge.cursor import Cursor
from services.log import Log, Unavailable
from services.log.jetstream.connection import UNREACHABLE

_POLL = 0.1
"""Seconds between two looks at the database, for signals that were not heard."""
_EPOCH = 5.0


class ReadModelProgress:
    """Hears the projector's signals; one per process."""

    def __init__(self, log: Log, read_models: ReadModels) -> None:
        self._log, self._read_models = log, read_models
        self.epoch = ""
        """Of the log."""
        self.sequence = 0
        self.known = False
        """Whether there are read models of this log at all."""
        self._moved = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        nc: Client = self._log.nc
        await nc.subscribe(POSITION, cb=self._heard)
        self.epoch = (await self._log.head()).epoch
        await self._look()
        self._task = asyncio.create_task(self._refresh())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def cursor(self, sequence: int) -> str:
        return Cursor(self.epoch, sequence).encode()

    async def reached(self, sequence: int, within: float) -> bool:
        """Whether the read models hold `sequence`, within so many seconds."""
        deadline = asyncio.get_running_loop().time() + within
        while not self.known or self.sequence < sequence:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return False
            await self._wait(min(left, _POLL))
            if not self.known or self.sequence < sequence:  # an empty log sends no signal
                await self._look()
        return True

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
        """A restored log has another epoch."""
        while True:
            await asyncio.sleep(_EPOCH)
            try:
                self.epoch = (await self._log.head()).epoch
            except (Unavailable, *UNREACHABLE):
                logging.warning("log.unreachable")

"""Passwords are checked in threads of their own, a few at a time, and only so many may wait."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

AT_ONCE = 4
"""Each argon2 takes 64 MiB and a core."""
WAITING = 64
"""Sign-ins that may wait for their turn: at 50 ms a hash, about a second."""


class TooManySignIns(RuntimeError):
    """More people sign in at this moment than passwords can be checked; try again in a second."""


class HashingPool:
    """One per process; a flood of sign-ins takes no thread that reads need."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._threads = ThreadPoolExecutor(at_once, "filon-hashing")
        self._free = asyncio.Semaphore(at_once)
        self._places = at_once + waiting

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits for a free thread; raises `TooManySignIns` where too many wait already."""
        if not self._places:
            raise TooManySignIns(TooManySignIns.__doc__)
        self._places -= 1
        try:
            async with self._free:
                yield
        finally:
            self._places += 1

    def run(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Awaitable[R]:
        """What `work` returns or raises, from a thread; for whoever has a turn."""
        return asyncio.wrap_future(self._threads.submit(work, *args, **kwargs))

    def stop(self) -> None:
        """Who still waits is not served."""
        self._threads.shutdown(wait=False, cancel_futures=True)

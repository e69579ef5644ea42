"""At most so many requests a second from all processes of this machine together."""

import asyncio
import fcntl
import os
import time
from pathlib import Path

REQUESTS_PER_SECOND = 6.5
"""The service allows 7 from one address; sleeps are not exact."""

_LONGEST_QUEUE = 60.0


class FileSlots:
    """Hands out evenly spaced moments; the next free one is kept in a file, under its lock."""

    def __init__(self, path: Path, per_second: float = REQUESTS_PER_SECOND) -> None:
        self._path = path
        self._interval = 1 / per_second

    async def __call__(self) -> None:
        """Returns when it is the caller's turn."""
        turn = await asyncio.to_thread(self._reserve)
        await asyncio.sleep(turn - time.time())

    def _reserve(self) -> float:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            turn = self._next_turn(file.read())
            file.seek(0)
            file.write(f"{turn + self._interval:020.6f}")
        return turn

    def _next_turn(self, kept: str) -> float:
        now = time.time()
        try:
            free = float(kept)
        except ValueError:  # a new file, or one that a crash left half-written
            return now
        return max(now, free) if free < now + _LONGEST_QUEUE else now

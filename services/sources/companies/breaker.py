"""Leaves a service that keeps failing alone for a while."""

import time
from collections.abc import Callable


class Breaker:
    """Opens after several failures in a row; then one probe per pause is let through, and the first
    success closes it."""

    def __init__(
        self, *, failures: int = 5, pause: float = 30, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = failures
        self._pause = pause
        self._clock = clock
        self._failures = 0
        self._next_probe = 0.0

    def turn_in(self) -> float:
        """Seconds until it may be asked again; 0 admits the caller. Admitting a probe keeps others
        out for one more pause, so that a probe that never ends blocks nobody for good."""
        if self._failures < self._most:
            return 0
        left = self._next_probe - self._clock()
        if left > 0:
            return left
        self._next_probe = self._clock() + self._pause
        return 0

    def succeeded(self) -> None:
        self._failures = 0

    def failed(self) -> None:
        self._failures += 1
        if self._failures >= self._most:
            self._next_probe = self._clock() + self._pause

"""Guessing passwords gets slower and slower, and locks nobody else out."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

FREE_FAILURES = 5
"""Failures of one account from one address before it has to wait."""
FREE_FAILURES_OF_ADDRESS = 50
"""The same for one address, whatever the account."""
LONGEST_WAIT_S = 900.0
"""To wait at most; failures older than that are forgotten."""
_REMEMBERED_KEYS = 100_000


@dataclass(slots=True)
class Failures:
    count: int = 0
    last: float = 0.0


class Throttle:
    """Counts failures for each account *at one address*, and for each address.

    The owner of an account, at another address, is never made to wait for what a stranger does.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._failures: OrderedDict[tuple[str, ...], Failures] = OrderedDict()

    def wait(self, account: str, address: str) -> float:
        """Seconds until the next attempt is heard; 0 is now."""
        here = self._left((account, address), FREE_FAILURES)
        return max(here, self._left((address,), FREE_FAILURES_OF_ADDRESS))

    def failed(self, account: str, address: str) -> None:
        """Somebody at this address gave a wrong password for this account."""
        for key in ((account, address), (address,)):
            failures = self._failures.setdefault(key, Failures())
            failures.count = failures.count + 1 if self._recent(failures) else 1
            failures.last = self._now()
            self._failures.move_to_end(key)
        while len(self._failures) > _REMEMBERED_KEYS:
            self._failures.popitem(last=False)

    def succeeded(self, account: str, address: str) -> None:
        """The right password: failures of this account from this address are forgotten."""
        self._failures.pop((account, address), None)

    def _left(self, key: tuple[str, ...], free: int) -> float:
        failures = self._failures.get(key)
        if failures is None or failures.count < free or not self._recent(failures):
            return 0.0
        pause = min(LONGEST_WAIT_S, 2.0 ** min(failures.count - free, 10))
        return max(0.0, failures.last + pause - self._now())

    def _recent(self, failures: Failures) -> bool:
        return self._now() - failures.last < LONGEST_WAIT_S

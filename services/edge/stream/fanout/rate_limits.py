"""How often somebody may do something."""

import time
from collections import OrderedDict

from services.edge.stream.clock import Clock


class TokenBucket:
    """A token bucket: `burst` at once, then `rate` a second."""

    __slots__ = ("_burst", "_clock", "_left", "_rate", "_seen")

    def __init__(self, burst: float, rate: float, clock: Clock = time.monotonic) -> None:
        self._burst, self._rate, self._clock = burst, rate, clock
        self._left, self._seen = burst, clock()

    def give_back(self) -> None:
        """What was taken last does not count."""
        self._left += 1

    def take(self) -> bool:
        """Whether it is allowed now."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._seen) * self._rate)
        self._seen = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Attempts:
    """A bucket for each address that came without good credentials, newest kept."""

    _REMEMBERED = 10_000

    def __init__(self, burst: int, rate: float, clock: Clock = time.monotonic) -> None:
        self._burst, self._rate, self._clock = burst, rate, clock
        self._buckets: OrderedDict[str, TokenBucket] = OrderedDict()

    def forgive(self, address: str) -> None:
        """It was somebody after all."""
        if (bucket := self._buckets.get(address)) is not None:
            bucket.give_back()

    def take(self, address: str) -> bool:
        """Whether it may try once more now."""
        bucket = self._buckets.pop(address, None) or TokenBucket(
            self._burst, self._rate, self._clock
        )
        self._buckets[address] = bucket
        if len(self._buckets) > self._REMEMBERED:
            self._buckets.popitem(last=False)
        return bucket.take()

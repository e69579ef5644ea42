"""Guessing passwords gets slower and slower, and locks nobody else out."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

FREE_FAILURES = 5
"""Failures of one account from one address before it has to wait."""
FREE_FAILURES_OF_ADDRESS = 50
"""The same for one address, whatever the account."""
LONGEST_WAIT_S = 900.0
"""To wait at most; failures older than that are forgotten."""
_REMEMBERED_KEYS = 100_000


_PREFIX_BITS = 64
"""Of IPv6: one customer has that many addresses at least."""


def counted(address: str) -> str:
    """The network that counts as one: an IPv4 address, the /64 of an IPv6 one; else as it is."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(ip, IPv6Address):
        return str(ip)
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return str(IPv6Address(int(ip) >> _PREFIX_BITS << _PREFIX_BITS))


@dataclass(slots=True)
class Failures:
    count: int = 0
    last: float = 0.0


class Throttle:
    """Counts failures for each account *at one address*, and for each address; see `counted`.

    The owner of an account, at another address, is never made to wait for what a stranger does.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._failures: OrderedDict[tuple[str, ...], Failures] = OrderedDict()

    def wait(self, account: str, address: str) -> float:
        """Seconds until the next attempt is heard; 0 is now."""
        address = counted(address)
        here = self._left((account, address), FREE_FAILURES)
        return max(here, self._left((address,), FREE_FAILURES_OF_ADDRESS))

    def failed(self, account: str, address: str) -> None:
        """Somebody at this address gave a wrong password for this account."""
        address = counted(address)
        for key in ((account, address), (address,)):
            failures = self._failures.setdefault(key, Failures())
            failures.count = failures.count + 1 if self._recent(failures) else 1
            failures.last = self._now()
            self._failures.move_to_end(key)
        while len(self._failures) > _REMEMBERED_KEYS:
            self._failures.popitem(last=False)

    def succeeded(self, account: str, address: str) -> None:
        """The right password: failures of this account from this address are forgotten."""
        self._failures.pop((account, counted(address)), None)

    def _left(self, key: tuple[str, ...], free: int) -> float:
        failures = self._failures.get(key)
        if failures is None or failures.count < free or not self._recent(failures):
            return 0.0
        pause = min(LONGEST_WAIT_S, 2.0 ** min(failures.count - free, 10))
        return max(0.0, failures.last + pause - self._now())

    def _recent(self, failures: Failures) -> bool:
        return self._now() - failures.last < LONGEST_WAIT_S

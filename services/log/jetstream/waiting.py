"""What somebody says who waits for NATS, so that nobody has to guess."""

import logging
import time

_log = logging.getLogger(__name__)

FIRST_WORD_S, WORD_EVERY_S = 1.0, 30.0
"""Seconds until the first word, and until the next."""


class Waiting:
    """One wait: a line after a second and then every 30, with the reason as it is then."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._next = time.monotonic() + FIRST_WORD_S

    def because(self, reason: object) -> None:
        """Says so when it is time to."""
        if (now := time.monotonic()) >= self._next:
            _log.warning("%s why=%s", self._what, " ".join(str(reason).split()))
            self._next = now + WORD_EVERY_S

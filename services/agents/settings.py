"""How a worker process takes work from its queues."""

import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class WorkSettings:
    """How much at once, and what becomes of work that fails. Times are in seconds."""

    concurrency: int = 4
    """Prospects that one process qualifies at the same time."""
    delays: tuple[float, ...] = (1, 4, 15, 60)
    """Before the second attempt, the third, …; when all are used up the work has failed."""
    ack_wait: float = 5
    """After which a worker that gave no sign of life is taken for dead, and its work given away."""
    heartbeat: float = 2
    poll: float = 2
    """How long a worker asks for work before it asks again."""
    graceful: float = 8
    """For what is under way when the process is told to stop."""

    @property
    def attempts(self) -> int:
        return len(self.delays) + 1

    def delay(self, deliveries: int) -> float:
        """Before the next attempt, after so many."""
        return self.delays[min(deliveries, len(self.delays)) - 1]

    @classmethod
    def from_env(cls, environment: Mapping[str, str] = os.environ) -> "WorkSettings":
        """`FILON_AGENTS_CONCURRENCY`, `FILON_AGENTS_RETRY_DELAYS` (`1,4,15,60`)."""
        delays = environment.get("FILON_AGENTS_RETRY_DELAYS")
        return cls(
            concurrency=max(1, int(environment.get("FILON_AGENTS_CONCURRENCY") or 4)),
            delays=tuple(float(d) for d in delays.split(",")) if delays else cls.delays,
        )

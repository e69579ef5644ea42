"""How a worker process takes work from its queues."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from services.settings import UnusableSetting


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
    host: str = "127.0.0.1"
    port: int | None = None
    """Where health and metrics are served; None is nowhere."""

    @property
    def attempts(self) -> int:
        return len(self.delays) + 1

    def delay(self, deliveries: int) -> float:
        """Before the next attempt, after so many."""
        return self.delays[min(deliveries, len(self.delays)) - 1]

    @classmethod
    def from_env(cls, environment: Mapping[str, str] = os.environ) -> "WorkSettings":
        """`FILON_AGENTS_CONCURRENCY`, `FILON_AGENTS_RETRY_DELAYS` (`1,4,15,60`),
        `FILON_AGENTS_PORT`, `FILON_HOST`; raises `UnusableSetting`."""
        (concurrency,) = _numbers(environment, "FILON_AGENTS_CONCURRENCY", (4,), least=1, most=1)
        delays = _numbers(environment, "FILON_AGENTS_RETRY_DELAYS", cls.delays, least=0.01)
        (port,) = _numbers(environment, "FILON_AGENTS_PORT", (0,), least=1, most=1)
        return cls(
            concurrency=int(concurrency),
            delays=delays,
            host=environment.get("FILON_HOST") or cls.host,
            port=int(port) or None,
        )


def _numbers(
    environment: Mapping[str, str],
    name: str,
    default: tuple[float, ...],
    *,
    least: float,
    most: int = 20,
) -> tuple[float, ...]:
    """One to `most` numbers, separated by commas, none below `least`."""
    if not (text := environment.get(name)):
        return default
    try:
        numbers = tuple(float(number) for number in text.split(","))
    except ValueError as error:
        raise UnusableSetting(f"{name}={text}: numbers are expected") from error
    if len(numbers) > most or not all(least <= number < 86_400 for number in numbers):
        raise UnusableSetting(f"{name}={text}: at most {most} numbers, none below {least}")
    return numbers

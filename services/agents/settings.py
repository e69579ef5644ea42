"""How a worker process takes work from its queues."""

from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_settings import NoDecode, SettingsConfigDict

from services.settings import About, HostSettings, split


class WorkSettings(HostSettings):
    """How much at once, and what becomes of work that fails. Times are in seconds."""

    model_config = SettingsConfigDict(env_prefix="FILON_AGENTS_")

    concurrency: Annotated[
        int,
        Field(ge=1, le=1024),
        About(
            "prospects that one process qualifies at the same time",
            expects="setting.a-whole-number",
        ),
    ] = 4
    delays: Annotated[
        tuple[Annotated[float, Field(ge=0.01, lt=86_400)], ...],
        NoDecode,
        BeforeValidator(split),
        Field(min_length=1, max_length=20, validation_alias="FILON_AGENTS_RETRY_DELAYS"),
        About(
            "seconds before the second attempt of work that failed, the third, …; when all are "
            "used up it has failed",
            expects="setting.delays",
            default="`1,4,15,60`",
        ),
    ] = (1, 4, 15, 60)

    port: Annotated[
        int | None,
        Field(ge=1, le=65535),
        About(
            "where a worker serves `/healthz` and `/metrics`; for one worker on a machine",
            expects="setting.a-port",
            default="nowhere",
        ),
    ] = None
    ack_wait: float = 5
    """After which a worker that gave no sign of life is taken for dead, and its work given away."""
    heartbeat: float = 2
    away: tuple[float, ...] = (2, 5, 15, 30, 60)
    """Before each probe of a language model that is away, the last for all that follow."""
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

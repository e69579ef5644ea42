"""The library's infrastructure factory on Filon's log.

`PERSISTENCE_MODULE=services.log.eventsourcing` opens the log that `FILON_NATS_URL` names; several
servers are separated by commas.
"""

from typing import Any, NoReturn

from eventsourcing.persistence import (
    AggregateRecorder,
    InfrastructureFactory,
    Mapper,
    NotSupportedError,
    TrackingRecorder,
    Transcoder,
)
from eventsourcing.utils import Environment, EnvType

from services.log.eventsourcing.bridge import Bridge, OwnThread
from services.log.eventsourcing.mapper import EventMapper
from services.log.eventsourcing.recorder import LogRecorder, NoTracking
from services.settings import NatsSettings


class NoSnapshots(NotSupportedError):
    """Filon's aggregates are short and snapshots would hold personal data beside the log, where
    erasure does not reach; none are taken."""


class FilonFactory(InfrastructureFactory[TrackingRecorder]):
    """Recorders and mapper of one log, over one bridge."""

    FILON_NATS_URL = "FILON_NATS_URL"

    def __init__(self, env: Environment | EnvType | None, bridge: Bridge | None = None) -> None:
        super().__init__(env)
        url = self.env.get(self.FILON_NATS_URL) or NatsSettings.load().nats_url
        self._bridge = bridge or OwnThread(url)

    def mapper(
        self, transcoder: Transcoder | None = None, mapper_class: type[Mapper[Any]] | None = None
    ) -> Mapper[Any]:
        """Always ours, whatever transcoder is offered."""
        return EventMapper()

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        """Raises `NoSnapshots` for any other purpose than events."""
        if purpose != "events":
            raise NoSnapshots(NoSnapshots.__doc__)
        return self.application_recorder()

    def application_recorder(self) -> LogRecorder:
        return LogRecorder(self._bridge)

    def tracking_recorder(
        self, tracking_recorder_class: type[TrackingRecorder] | None = None
    ) -> NoReturn:
        """Raises `NoTracking`."""
        raise NoTracking(NoTracking.__doc__)

    def process_recorder(self) -> NoReturn:
        """Raises `NoTracking`."""
        raise NoTracking(NoTracking.__doc__)

    def close(self) -> None:
        self._bridge.close()

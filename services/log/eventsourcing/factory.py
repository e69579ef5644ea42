"""`PERSISTENCE_MODULE=services.log.eventsourcing`: the `eventsourcing` library on JetStream.

| variable | default |
|---|---|
| `LOG_NATS_URL` | `nats://127.0.0.1:4222`; several servers with commas |
| `LOG_STREAM` | the application's name; its snapshots go to `<stream>-snapshots` |
| `LOG_REPLICAS` | 1; of a stream that is made now |

As everywhere in that library, `<APPLICATION>_LOG_STREAM` goes before `LOG_STREAM`.
"""

from typing import TypeVar

from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    InfrastructureFactory,
    ProcessRecorder,
)
from eventsourcing.utils import Environment, EnvType, resolve_topic

from services.log.eventsourcing.bridge import bridge
from services.log.eventsourcing.recorder import (
    LogAggregateRecorder,
    LogApplicationRecorder,
    LogProcessRecorder,
    LogRecorder,
    LogTrackingRecorder,
)
from services.log.eventsourcing.store import Store
from services.log.jetstream.connection import NatsConnection

R = TypeVar("R", bound=LogRecorder)
DEFAULT_URL = "nats://127.0.0.1:4222"


class LogFactory(InfrastructureFactory[LogTrackingRecorder]):
    """Makes recorders that share one connection."""

    LOG_NATS_URL = "LOG_NATS_URL"
    LOG_STREAM = "LOG_STREAM"
    LOG_REPLICAS = "LOG_REPLICAS"

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        self._bridge = bridge()
        self._stream = self.env.get(self.LOG_STREAM) or self.env.name or "events"
        self._replicas = int(self.env.get(self.LOG_REPLICAS) or 1)
        self._nc: NatsConnection | None = None

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        stream = self._stream if purpose == "events" else f"{self._stream}-{purpose}"
        return LogAggregateRecorder(self._bridge, self._store(stream))

    def application_recorder(self) -> ApplicationRecorder:
        return self._recorder(LogApplicationRecorder, self.APPLICATION_RECORDER_TOPIC)

    def tracking_recorder(
        self, tracking_recorder_class: type[LogTrackingRecorder] | None = None
    ) -> LogTrackingRecorder:
        if tracking_recorder_class is not None:
            return tracking_recorder_class(self._bridge, self._store(self._stream))
        return self._recorder(LogTrackingRecorder, self.TRACKING_RECORDER_TOPIC)

    def process_recorder(self) -> ProcessRecorder:
        return self._recorder(LogProcessRecorder, self.PROCESS_RECORDER_TOPIC)

    def close(self) -> None:
        if self._nc is not None:
            self._bridge.run(self._nc.close())
            self._nc = None

    def _recorder(self, default: type[R], topic: str) -> R:
        named = self.env.get(topic)
        chosen: type[R] = resolve_topic(named) if named else default
        return chosen(self._bridge, self._store(self._stream))

    def _store(self, stream: str) -> Store:
        store = Store(self._connection(), stream)
        self._bridge.run(store.open(self._replicas))
        return store

    def _connection(self) -> NatsConnection:
        if self._nc is None:
            nc = NatsConnection()
            url = self.env.get(self.LOG_NATS_URL) or DEFAULT_URL
            self._bridge.run(nc.open(url, self.env.name or "eventsourcing"))
            self._nc = nc
        return self._nc

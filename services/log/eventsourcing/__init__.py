"""The `eventsourcing` library's persistence module on JetStream
(`PERSISTENCE_MODULE=services.log.eventsourcing`)."""

from services.log.eventsourcing.factory import LogFactory

__all__ = ["LogFactory"]

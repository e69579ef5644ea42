"""Where facts are kept: the log on NATS JetStream, and the `eventsourcing` library's persistence
module upon it (`PERSISTENCE_MODULE=services.log`)."""

from services.log.errors import Conflict, LogFull, TooLarge, TooManyEvents, Unavailable
from services.log.factory import LogFactory
from services.log.facts import to_event
from services.log.log import Batch, Log
from services.log.stream import Head

__all__ = [
    "Batch",
    "Conflict",
    "Head",
    "Log",
    "LogFactory",
    "LogFull",
    "TooLarge",
    "TooManyEvents",
    "Unavailable",
    "to_event",
]

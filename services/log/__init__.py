"""Where facts are kept: the log on NATS JetStream."""

from services.log.cloudevents import to_event
from services.log.errors import Conflict, LogFull, TooLarge, TooManyEvents, Unavailable
from services.log.jetstream.stream import Head
from services.log.log import Batch, Log, Newest

__all__ = [
    "Batch",
    "Conflict",
    "Head",
    "Log",
    "LogFull",
    "Newest",
    "TooLarge",
    "TooManyEvents",
    "Unavailable",
    "to_event",
]

"""Where facts are kept: the log on NATS JetStream."""

from services.log.errors import Conflict, LogFull, TooLarge, TooManyEvents, Unavailable
from services.log.facts import to_event
from services.log.log import Batch, Log
from services.log.stream import Head

__all__ = [
    "Batch",
    "Conflict",
    "Head",
    "Log",
    "LogFull",
    "TooLarge",
    "TooManyEvents",
    "Unavailable",
    "to_event",
]

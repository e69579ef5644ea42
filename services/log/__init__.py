"""Where facts are kept: the log on NATS JetStream."""

from services.log.errors import Conflict, LogFull, TooManyEvents, Unavailable
from services.log.log import Batch, Log
from services.log.message import to_event
from services.log.stream import Head

__all__ = [
    "Batch",
    "Conflict",
    "Head",
    "Log",
    "LogFull",
    "TooManyEvents",
    "Unavailable",
    "to_event",
]

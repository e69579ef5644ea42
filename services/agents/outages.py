"""What is no fault of the work."""

from eventsourcing.persistence import OperationalError
from nats.errors import Error as NatsError

from services.prospecting.errors import TooManyConflicts

AWAY = (OperationalError, NatsError, OSError, TimeoutError, TooManyConflicts)
"""The log can't be reached, or others write more quickly; work is never given up for it."""

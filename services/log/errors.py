"""What can go wrong with the log, in words for whoever meets it."""

from eventsourcing.persistence import IntegrityError, OperationalError, ProgrammingError


class Conflict(IntegrityError):
    """Somebody else appended to this aggregate first; load it again and decide anew."""


class TooManyEvents(ProgrammingError):
    """One atomic append holds at most 1,000 events; split the command yourself."""


class TooLarge(ProgrammingError):
    """An event is larger than the server takes, one megabyte by default; keep documents elsewhere
    and refer to them."""


class LogFull(OperationalError):
    """The log reached its size limit or the disk is full; nothing of this append was kept. Raise
    the stream's `max_bytes` or free some disk."""


class Unavailable(OperationalError, TimeoutError):
    """The log can't be reached; nothing is known of this append's fate but that asking again with
    the same command is safe."""


class RequestRefused(OperationalError):
    """The server refused the request; its own words follow."""


class Missing(RequestRefused):
    """There is no such stream, consumer or message."""


class CredentialsRefused(ProgrammingError):
    """NATS refuses these credentials; put the right ones into FILON_NATS_URL."""


class SubjectTooLong(ProgrammingError):
    """No subject has more than 512 characters; the server would cut the connection."""

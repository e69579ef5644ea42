"""The id that ties an answer, its log lines and the facts that it led to."""

from contextvars import ContextVar
from uuid import UUID, uuid4

correlation: ContextVar[str] = ContextVar("correlation", default="")
"""Of the request under way."""


def begin() -> UUID:
    """A new id, the request's from here on; a command without an Idempotency-Key has it too."""
    id = uuid4()
    correlation.set(str(id))
    return id

"""Events where a test says at which position, and of which command."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from events.fact import Event, Fact
from events.subjects import Address


def event_at(
    address: Address,
    sequence: int,
    fact: Fact,
    command: UUID | None = None,
    causation: UUID | None = None,
) -> Event:
    """A fact at a position of the log; where nothing is said, no person's command led to it."""
    id = command or uuid4()
    return Event(
        originator_id=str(address),
        originator_version=0,
        fact=fact,
        id=uuid4(),
        at=datetime(2026, 11, 24, tzinfo=UTC),
        command_id=id,
        correlation_id=id,
        causation_id=causation or uuid4(),
        sequence=sequence,
    )

"""The event that is measured: a company that was found, about 500 bytes of JSON."""

from datetime import UTC, datetime
from uuid import uuid4, uuid5

from events.company import Company, Contact
from events.fact import Event
from events.prospect import ProspectFound

_AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
_FOUND = ProspectFound(
    company=Company(
        name="Boulangerie Imaginaire",
        siren="732829320",
        activity="10.71C",
        headcount_band="11",
        postal_code="75011",
        city="Paris",
        website="https://www.imaginaire.example/pain",
        contacts=(Contact(name="Ada Levain", title="Gérante", email="ada@imaginaire.example"),),
    ),
    source="csv",
    how="import",
    agent_id="researcher-c-0a1b",
    found_at=_AT,
)


def found(id: str, first: int = 1, count: int = 1) -> list[Event]:
    """What one command says of the prospect `id`: versions from `first` on."""
    command = uuid4()
    return [
        Event(
            originator_id=f"acme/c-0a1b/prospect/{id}",
            originator_version=version,
            fact=_FOUND,
            id=uuid5(command, str(version)),
            at=_AT,
            command_id=command,
            correlation_id=command,
            causation_id=command,
        )
        for version in range(first, first + count)
    ]

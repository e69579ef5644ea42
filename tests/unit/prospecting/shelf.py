"""A shelf of example facts, shared by the tests of decisions and projections."""

from datetime import UTC, datetime
from uuid import UUID, uuid5

from events.company import Company, Contact, Evidence
from events.fact import Event, Fact
from events.targeting import Targeting
from services.prospecting.campaign import Campaign, create, fold
from services.prospecting.commands import CreateCampaign

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
COMMAND = UUID("8c6e0f9e-6a1b-4f3e-9d53-1d2f3a4b5c6d")
CAMPAIGN = "c-spring"

BAKERY = Company(
    name="Boulangerie Imaginaire",
    siren="732829320",
    activity="10.71C",
    headcount_band="11",
    postal_code="75011",
    city="Paris",
    website="https://www.imaginaire.example/pain",
    contacts=(Contact(name="Ada Levain", title="Gérante", email="ada@imaginaire.example"),),
)
SOFTWARE = Targeting(activities=("62.01Z",), headcount_bands=("12",), departements=("75",))


def draft(*, sources: tuple[str, ...] = ("sample",), targeting: Targeting = SOFTWARE) -> Campaign:
    command = CreateCampaign.model_validate(
        {"name": "Spring", "sources": sources, "targeting": targeting, "threshold": 60}
    )
    return fold(None, create(command, "u-ada"))


def evidence(**values: str) -> list[Evidence]:
    return [
        Evidence(
            field=field, value=value, source="csv", quote=value, at=NOW, how="llm", confidence=1
        )
        for field, value in values.items()
    ]


def event(originator_id: str, version: int, fact: Fact, sequence: int = 0) -> Event:
    return Event(
        originator_id=originator_id,
        originator_version=version,
        fact=fact,
        id=uuid5(COMMAND, f"{originator_id}/{version}"),
        at=NOW,
        command_id=COMMAND,
        correlation_id=COMMAND,
        causation_id=COMMAND,
        sequence=sequence,
    )

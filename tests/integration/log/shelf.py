"""Example events, and how a test reads a whole log."""

from contextlib import suppress
from pathlib import Path
from uuid import UUID, uuid4, uuid5

from events.campaign import CampaignPaused
from events.fact import Event, Fact
from services.log import Log
from tests.unit.prospecting.shelf import NOW


def event(id: str, version: int, fact: Fact | None = None, command: UUID | None = None) -> Event:
    """Version `version` of the campaign `id`."""
    command = command or uuid4()
    return Event(
        originator_id=originator(id),
        originator_version=version,
        fact=fact or CampaignPaused(),
        id=uuid5(command, str(version)),
        at=NOW,
        command_id=command,
        correlation_id=command,
        causation_id=command,
    )


def originator(id: str) -> str:
    return f"acme/c-1/campaign/{id}"


async def read(log: Log, after: int = 0, *filters: str) -> list[Event]:
    """All that is in the log by now."""
    last = (await log.head()).last
    filters = filters or ("filon.>",)
    return [e async for batch in log.follow(after, filters, until=last) for e in batch.events]


def files_with(text: str, folder: Path) -> list[str]:
    """Which files hold it; looks again from the start when one is taken away meanwhile."""
    needle = text.encode()
    while True:
        with suppress(FileNotFoundError):
            return [str(p) for p in folder.rglob("*") if p.is_file() and needle in p.read_bytes()]

"""Assigns prospects that wait to the qualifier, when work begins or goes on."""

from collections.abc import Iterable, Iterator
from itertools import islice

from events.fact import Event
from events.prospect import ProspectAliased, ProspectAssigned, ProspectEnriched, ProspectFound
from events.subjects import Address, everything
from services.log import Conflict, Log
from services.prospecting.context import Changes, Context

BATCH = 500


async def assign_waiting(log: Log, ctx: Context, campaign_id: str, trigger: Event) -> int:
    """Assigns each prospect that waited when `trigger` happened; returns how many.

    What came later finds its own way to the queue, and who moved on meanwhile is left alone.
    """
    waiting = await _waiting(log, ctx.org, campaign_id, trigger)
    assigned = 0
    for number, batch in enumerate(_batches(waiting.items())):
        assigned += await _assign(log, ctx.part(number), batch)
    return assigned


async def _waiting(log: Log, org: str, campaign_id: str, trigger: Event) -> dict[str, int]:
    """Address → version of each prospect without a score; not those that this trigger already
    assigned, before a worker was killed."""
    filters = [everything(org, campaign_id, "prospect")]
    versions: dict[str, int] = {}
    last = (await log.head()).last
    async for batch in log.read(0, filters, last):
        for event in batch.events:
            _note(versions, event, trigger)
    return versions


def _note(versions: dict[str, int], event: Event, trigger: Event) -> None:
    id = event.originator_id
    mine = event.causation_id == trigger.id
    match event.fact:
        case ProspectFound() if event.sequence < trigger.sequence:
            versions[id] = event.originator_version
        case ProspectAssigned() if event.sequence < trigger.sequence and not mine:
            versions[id] = event.originator_version
        case ProspectEnriched() if id in versions:
            versions[id] = event.originator_version
        case ProspectAliased():
            pass
        case _:
            versions.pop(id, None)


async def _assign(log: Log, ctx: Context, batch: list[tuple[str, int]]) -> int:
    changes = Changes(ctx)
    for address, version in batch:
        changes.add(Address.parse(address), version, [ProspectAssigned(reason="started")])
    try:
        await log.append(*changes)
        return len(batch)
    except Conflict:
        if len(batch) == 1:
            return 0
    middle = len(batch) // 2
    return await _assign(log, ctx.part(1), batch[:middle]) + await _assign(
        log, ctx.part(2), batch[middle:]
    )


def _batches(items: Iterable[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch

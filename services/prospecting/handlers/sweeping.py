"""One decision about each prospect of a campaign, saved in batches."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple
from uuid import uuid5

from events.fact import Fact
from events.subjects import Address, everything
from services.log import Conflict, Log
from services.prospecting.context import Changes, Context
from services.prospecting.prospect import Prospect, State, fold

BATCH = 300
"""Prospects in one atomic append: each may yield two facts, an append holds a thousand."""

Decision = Callable[[Address, Prospect], Sequence[Fact]]


class Held(NamedTuple):
    """A prospect as the log has it."""

    state: State
    version: int


class Decided(NamedTuple):
    """What follows the version of one prospect."""

    address: Address
    version: int
    facts: Sequence[Fact]


async def sweep(log: Log, ctx: Context, campaign_id: str, decision: Decision) -> int:
    """How many prospects it concerned. Who changed meanwhile is left alone: whatever changed them
    sees to them as they are by then. Done twice for one command, it decides anew."""
    held = await _prospects(log, ctx.org, campaign_id)
    saved = 0
    for batch in _batches(held, decision):
        saved += await _save(log, ctx, batch)
    return saved


async def _prospects(log: Log, org: str, campaign_id: str) -> dict[str, Held]:
    held: dict[str, Held] = {}
    last = (await log.head()).last
    async for batch in log.follow(0, [everything(org, campaign_id, "prospect")], until=last):
        for event in batch.events:
            before = held.get(event.originator_id)
            state = fold(before.state if before else None, event.fact)  # type: ignore[arg-type]  # a prospect's own facts
            held[event.originator_id] = Held(state, event.originator_version)
    return held


def _batches(held: Mapping[str, Held], decision: Decision) -> Iterator[list[Decided]]:
    decided = (
        Decided(address, version, facts)
        for id, (state, version) in held.items()
        if isinstance(state, Prospect) and (facts := decision(address := Address.parse(id), state))
    )
    while batch := list(islice(decided, BATCH)):
        yield batch


async def _save(log: Log, ctx: Context, batch: Sequence[Decided]) -> int:
    changes = Changes(_part(ctx, batch[0]))
    for address, version, facts in batch:
        changes.add(address, version, facts)
    try:
        await log.append(*changes)
        return len(batch)
    except Conflict:
        if len(batch) == 1:
            return 0
    middle = len(batch) // 2
    return await _save(log, ctx, batch[:middle]) + await _save(log, ctx, batch[middle:])


def _part(ctx: Context, first: Decided) -> Context:
    """Named after what a batch begins with: after a kill its number may be another's."""
    name = f"{first.address}/{first.version}"
    return replace(ctx, command_id=uuid5(ctx.command_id, name))

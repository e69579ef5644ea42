"""Erasing a prospect: its tombstones first, so that it can't come back, then all that was said."""

from dataclasses import dataclass

from events.fact import Event
from events.prospect import ProspectAliased, ProspectErased, ProspectMerged
from events.subjects import Address, everything, prospect_address
from services.log import Conflict, Log
from services.prospecting.context import Changes, Context
from services.prospecting.errors import ProspectNotFound, TooManyConflicts
from services.prospecting.handlers.repository import ATTEMPTS
from services.prospecting.identity import Identity
from services.prospecting.prospect import Prospect, State, fold


@dataclass(frozen=True, slots=True)
class Trace:
    """One id of a prospect, and what the log holds under it."""

    address: Address
    events: list[Event]

    @property
    def tombstoned(self) -> bool:
        return isinstance(self.events[-1].fact, ProspectErased)

    @property
    def erased(self) -> bool:
        """Nothing but the tombstone is left."""
        return self.tombstoned and len(self.events) == 1

    @property
    def state(self) -> State | None:
        state: State | None = None
        for event in self.events:
            state = fold(state, event.fact)  # type: ignore[arg-type]  # a prospect's own facts
        return state


async def erase(log: Log, ctx: Context, identity: Identity, campaign_id: str, id: str) -> int:
    """Removes every message about the prospect, under all of its ids; returns where its last
    tombstone is. Called again after an interruption, it goes on.

    Raises `ProspectNotFound`, and `TooManyConflicts` where others keep changing it.
    """
    for _ in range(ATTEMPTS):
        traces = await _traces(log, ctx.org, campaign_id, id)
        changes = Changes(ctx)
        for trace in traces:
            if not trace.tombstoned:
                last = trace.events[-1].originator_version
                changes.add(trace.address, last, [ProspectErased()])
        for address in _witnesses(ctx.org, campaign_id, identity, traces):
            if not await log.load(str(address)):
                changes.add(address, 0, [ProspectErased()])
        try:
            if len(changes):
                await log.append(*changes)
        except Conflict:
            continue
        last = await _remove(log, traces)
        if all(trace.erased for trace in await _traces(log, ctx.org, campaign_id, id)):
            return last
    raise TooManyConflicts()


def _witnesses(
    org: str, campaign_id: str, identity: Identity, traces: list[Trace]
) -> list[Address]:
    """Tombstones that tell the erased company from strangers who share its host or e-mail."""
    states = (trace.state for trace in traces)
    companies = [state.company for state in states if isinstance(state, Prospect)]
    claims = [c for company in companies for c in identity.claims(org, campaign_id, company)]
    ids = {id for claim in claims for id in claim.witnesses}
    return [prospect_address(org, campaign_id, id) for id in sorted(ids)]


async def _remove(log: Log, traces: list[Trace]) -> int:
    last = 0
    for trace in traces:
        tombstone = (await log.remains(str(trace.address)))[-1]
        await log.remove(str(trace.address), tombstone.sequence)
        last = max(last, tombstone.sequence)
    return last


async def _traces(log: Log, org: str, campaign_id: str, id: str) -> list[Trace]:
    """The prospect's own id, and each that was aliased to it or merged into it."""
    ids = {id} | await _names_of(log, org, campaign_id, id)
    traces: list[Trace] = []
    for each in sorted(ids):
        address = prospect_address(org, campaign_id, each)
        events = await log.remains(str(address))
        if events:
            traces.append(Trace(address, events))
    if not traces:
        raise ProspectNotFound(id=id)
    return traces


async def _names_of(log: Log, org: str, campaign_id: str, id: str) -> set[str]:
    """Ids that lead to `id`, through others too."""
    leads: dict[str, str] = {}
    filters = [
        everything(org, campaign_id, "prospect", fact.__name__)
        for fact in (ProspectAliased, ProspectMerged)
    ]
    async for batch in log.read(0, filters, (await log.head()).last):
        for event in batch.events:
            match event.fact:
                case ProspectAliased(to=target) | ProspectMerged(into=target):
                    leads[Address.parse(event.originator_id).id] = target
    names: set[str] = set()
    while more := {name for name, to in leads.items() if to in names | {id}} - names:
        names |= more
    return names

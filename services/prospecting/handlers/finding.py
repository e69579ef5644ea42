"""Bringing companies into a campaign: each becomes a prospect once, whoever finds it and however
often."""

from collections.abc import Sequence
from dataclasses import dataclass

from events.agent import SourceRead
from events.subjects import Address, agent_address, prospect_address
from services.log import Conflict, Log
from services.prospecting.context import Changes, Context
from services.prospecting.deduplication import Finding, Known, Placement, place
from services.prospecting.errors import TooManyConflicts
from services.prospecting.handlers.agents import load_agent
from services.prospecting.identity import Claim, Identity
from services.prospecting.prospect import Elsewhere, Forgotten, State, fold

BATCH = 150
"""Findings in one atomic append: each may yield six events, an append holds a thousand."""
ATTEMPTS = 12


@dataclass(frozen=True, slots=True)
class Campaigned:
    """The campaign that findings go to, and the key that names its prospects."""

    log: Log
    identity: Identity
    id: str


async def find(
    ctx: Context,
    campaign: Campaigned,
    findings: Sequence[Finding],
    page: tuple[str, SourceRead] | None = None,
    room: int | None = None,
) -> list[Placement]:
    """What became of each finding, of which there are at most `BATCH` and, where `room` is given,
    at most so many new ones. With `page`, an agent's id
    and what it read, that it read so becomes true with them, or neither does; a page that this very
    command brought before yields nothing. Raises `TooManyConflicts`."""
    claims = [
        campaign.identity.claims(ctx.org, campaign.id, finding.company, finding.occurrence)
        for finding in findings
    ]
    for _ in range(ATTEMPTS):
        known = await _known(ctx.org, campaign, [claim for own in claims for claim in own])
        changes = Changes(ctx)
        placements: list[Placement] = []
        for finding, own in zip(findings, claims, strict=True):
            placement = place(finding, own, known, ctx.at)
            if placement.outcome == "found" and _is_full(room, placements):
                placement = Placement("full")
            for id, facts in placement.facts.items():
                version = known.get(id, Known()).version
                changes.add(prospect_address(ctx.org, campaign.id, id), version, facts)
            placement.apply(known)
            placements.append(placement)
        if page is not None and await _already_read(ctx, campaign, changes, placements, page):
            return []
        if not len(changes):
            return placements
        try:
            await campaign.log.append(*changes)
            return placements
        except Conflict:
            continue
    raise TooManyConflicts()


def _is_full(room: int | None, placements: Sequence[Placement]) -> bool:
    return room is not None and sum(each.outcome == "found" for each in placements) >= room


async def find_page(
    ctx: Context, campaign: Campaigned, findings: Sequence[Finding], agent_id: str, read: SourceRead
) -> list[str]:
    """The outcome of each company on the page that the agent read; see `find`."""
    return [p.outcome for p in await find(ctx, campaign, findings, (agent_id, read))]


async def _already_read(
    ctx: Context,
    campaign: Campaigned,
    changes: Changes,
    placements: Sequence[Placement],
    page: tuple[str, SourceRead],
) -> bool:
    """Adds that the page was read, unless this very command said so before."""
    agent_id, read = page
    agent = await load_agent(campaign.log, ctx.org, campaign.id, agent_id)
    if agent.written_by(ctx) is not None:
        return True
    found = sum(placement.outcome == "found" for placement in placements)
    read = read.model_copy(update={"found": found})
    changes.add(agent_address(ctx.org, campaign.id, agent_id), agent.version, [read])
    return False


async def _known(org: str, campaign: Campaigned, claims: Sequence[Claim]) -> dict[str, Known]:
    """What the log holds under these claims, under the ids that they lead to, and under the
    witnesses of those whose prospect was erased."""
    known: dict[str, Known] = {}
    wanted = {claim.id for claim in claims}
    while wanted:
        addresses = [str(prospect_address(org, campaign.id, id)) for id in sorted(wanted)]
        held = await campaign.log.latest(addresses)
        known |= {id: Known() for id in wanted}
        for address, events in held.items():
            state: State | None = None
            for event in events:
                state = fold(state, event.fact)  # type: ignore[arg-type]  # a prospect's own facts
            known[Address.parse(address).id] = Known(state, events[-1].originator_version)
        led_to = {k.state.to for k in known.values() if isinstance(k.state, Elsewhere)}
        gone = {id for id, k in known.items() if isinstance(k.state, Forgotten)}
        witnesses = {id for claim in claims if claim.id in gone for id in claim.witnesses}
        wanted = (led_to | witnesses) - known.keys()
    return known

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
from services.prospecting.identity import Identity
from services.prospecting.prospect import Elsewhere, State, fold

BATCH = 150
"""Findings in one atomic append: each may yield six events, an append holds a thousand."""
ATTEMPTS = 12


@dataclass(frozen=True, slots=True)
class Campaigned:
    """The campaign that findings go to, and the key that names its prospects."""

    log: Log
    identity: Identity
    id: str


async def find(ctx: Context, campaign: Campaigned, findings: Sequence[Finding]) -> list[str]:
    """What became of each finding (`found`, `enriched`, `known`, `erased`); at most `BATCH`."""
    return await _append(ctx, campaign, findings, None)


async def find_page(
    ctx: Context, campaign: Campaigned, findings: Sequence[Finding], agent_id: str, read: SourceRead
) -> list[str]:
    """As `find`; that the agent read this page becomes true with it, or neither does."""
    return await _append(ctx, campaign, findings, (agent_id, read))


async def _append(
    ctx: Context,
    campaign: Campaigned,
    findings: Sequence[Finding],
    page: tuple[str, SourceRead] | None,
) -> list[str]:
    ids = [campaign.identity.ids(ctx.org, campaign.id, finding.company) for finding in findings]
    for _ in range(ATTEMPTS):
        known = await _known(ctx, campaign, ids)
        changes, outcomes = _place_all(ctx, campaign.id, findings, ids, known)
        if page is not None and await _already_read(ctx, campaign, changes, outcomes, page):
            return ["known"] * len(findings)
        if not len(changes):
            return outcomes
        try:
            await campaign.log.append(*changes)
            return outcomes
        except Conflict:
            continue
    raise TooManyConflicts()


async def _already_read(
    ctx: Context,
    campaign: Campaigned,
    changes: Changes,
    outcomes: list[str],
    page: tuple[str, SourceRead],
) -> bool:
    """Adds that the page was read, unless this very command said so before."""
    agent_id, read = page
    agent = await load_agent(campaign.log, ctx.org, campaign.id, agent_id)
    if agent.written_by(ctx) is not None:
        return True
    read = read.model_copy(update={"found": outcomes.count("found")})
    changes.add(agent_address(ctx.org, campaign.id, agent_id), agent.version, [read])
    return False


def _place_all(
    ctx: Context,
    campaign_id: str,
    findings: Sequence[Finding],
    ids: Sequence[Sequence[str]],
    known: dict[str, Known],
) -> tuple[Changes, list[str]]:
    changes, outcomes = Changes(ctx), []
    for finding, own in zip(findings, ids, strict=True):
        placement = place(finding, own, known, ctx.at)
        _add(changes, ctx, campaign_id, placement, known)
        placement.apply(known)
        outcomes.append(placement.outcome)
    return changes, outcomes


def _add(
    changes: Changes, ctx: Context, campaign_id: str, placement: Placement, known: dict[str, Known]
) -> None:
    for id, facts in placement.facts.items():
        version = known.get(id, Known()).version
        changes.add(prospect_address(ctx.org, campaign_id, id), version, facts)


async def _known(
    ctx: Context, campaign: Campaigned, ids: Sequence[Sequence[str]]
) -> dict[str, Known]:
    """What the log holds under these ids, and under those that they lead to."""
    known: dict[str, Known] = {}
    wanted = {id for own in ids for id in own}
    while wanted:
        addresses = [str(prospect_address(ctx.org, campaign.id, id)) for id in sorted(wanted)]
        for address, events in (await campaign.log.latest(addresses)).items():
            state: State | None = None
            for event in events:
                state = fold(state, event.fact)  # type: ignore[arg-type]  # a prospect's own facts
            known[Address.parse(address).id] = Known(state, events[-1].originator_version)
        led_to = {k.state.to for k in known.values() if isinstance(k.state, Elsewhere)}
        wanted = led_to - known.keys() - wanted
    return known

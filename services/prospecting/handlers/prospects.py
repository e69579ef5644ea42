"""What agents and people do with one prospect."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from events.company import Evidence
from events.fact import Fact
from events.subjects import Address, prospect_address
from services.log import Log
from services.prospecting import prospect as decisions
from services.prospecting import qualification
from services.prospecting.campaign import Campaign
from services.prospecting.context import Changes, Context
from services.prospecting.errors import ProspectNotFound
from services.prospecting.handlers.repository import Loaded, Saved, carry_out, load
from services.prospecting.handlers.sweeping import sweep
from services.prospecting.prospect import Prospect, State, public

Narrate = Callable[[Sequence[Fact]], Iterable[tuple[Address, Fact]]]
"""What to say, in the same append, of the facts that were decided."""


def _say_nothing(facts: Sequence[Fact]) -> Iterable[tuple[Address, Fact]]:
    return ()


async def load_prospect(log: Log, org: str, campaign_id: str, id: str) -> Loaded[Prospect]:
    """Raises `ProspectNotFound` also for what was erased, merged or is an alias."""
    address = prospect_address(org, campaign_id, id)
    loaded: Loaded[State] = await load(log, address, decisions.fold, ProspectNotFound)
    if not isinstance(loaded.state, Prospect):
        raise ProspectNotFound(id=id)
    return Loaded(loaded.state, loaded.events)


async def score(
    log: Log,
    ctx: Context,
    campaign_id: str,
    campaign: Campaign,
    id: str,
    read: Sequence[Evidence],
    model: str,
    *,
    narrate: Narrate = _say_nothing,
) -> Saved[Prospect]:
    def decision(prospect: Prospect) -> list[Fact]:
        shown = public(prospect, id, campaign_id)
        return qualification.score(
            prospect, shown, campaign.targeting, campaign.threshold, read, model
        )

    return await decide(log, ctx, campaign_id, id, decision, narrate)


async def fail(
    log: Log,
    ctx: Context,
    campaign_id: str,
    id: str,
    code: str,
    params: dict[str, str],
    *,
    narrate: Narrate = _say_nothing,
) -> Saved[Prospect]:
    def decision(prospect: Prospect) -> list[Fact]:
        shown = public(prospect, id, campaign_id)
        return decisions.fail(prospect, shown, code, params)

    return await decide(log, ctx, campaign_id, id, decision, narrate)


async def retry(log: Log, ctx: Context, campaign_id: str, id: str) -> Saved[Prospect]:
    return await decide(log, ctx, campaign_id, id, lambda prospect: [decisions.retry(prospect)])


async def retry_failed(log: Log, ctx: Context, campaign_id: str, code: str | None) -> int:
    """Puts every failed prospect back on the desk, or those that failed for the reason `code`;
    returns how many."""

    def decision(address: Address, prospect: Prospect) -> list[Fact]:
        if prospect.status != "failed" or code not in (None, prospect.failure):
            return []
        return [decisions.retry(prospect)]

    return await sweep(log, ctx, campaign_id, decision)


async def decide(
    log: Log,
    ctx: Context,
    campaign_id: str,
    id: str,
    decision: Callable[[Prospect], Sequence[Fact]],
    narrate: Narrate = _say_nothing,
) -> Saved[Prospect]:
    """Saves what is decided about a prospect; raises `ProspectNotFound`."""

    def save(loaded: Loaded[Prospect], changes: Changes) -> None:
        facts = decision(loaded.state)
        changes.add(prospect_address(ctx.org, campaign_id, id), loaded.version, facts)
        for address, fact in narrate(facts):
            changes.narrate(address, fact)

    read = partial(load_prospect, log, ctx.org, campaign_id, id)
    return await carry_out(log, ctx, read, save)

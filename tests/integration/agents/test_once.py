"""One prospect, one run of a model: whenever it was found, whatever its campaign does meanwhile."""

import asyncio
from contextlib import aclosing

from events.agent import ActivityReported, ModelCalled
from events.prospect import ProspectScored
from services.prospecting.handlers import campaigns
from tests.integration.agents.stage import QUICK, Gate, Stage, facts

COMPANIES = QUICK.concurrency // 2
"""So that all can be under way at once, and be delivered a second time beside that."""


async def _begun(stage: Stage) -> None:
    """Until a model was asked about each."""
    begun: set[str | None] = set()
    async with asyncio.timeout(150), aclosing(stage.log.follow(0)) as batches:
        async for batch in batches:
            begun |= {told.prospect_id for told in facts(batch.events, ActivityReported)} - {None}
            if len(begun) == COMPANIES:
                return


async def _calls(stage: Stage, gate: Gate) -> int:
    """How many runs were paid once everything is scored."""
    gate.open()
    await stage.until(ProspectScored, COMPANIES)
    await stage.idle()
    return len(facts(await stage.history(), ModelCalled))


async def test_what_was_found_before_the_start_is_paid_once(stage: Stage) -> None:
    id = await stage.campaign("csv", companies=COMPANIES)  # nobody is there yet to take it
    await stage.start(id)
    async with stage.gated() as gate:
        await _begun(stage)
        assert await _calls(stage, gate) == COMPANIES


async def test_what_is_under_way_through_a_pause_is_paid_once(stage: Stage) -> None:
    async with stage.gated() as gate:
        id = await stage.campaign("csv", companies=COMPANIES)
        await stage.start(id)
        await _begun(stage)
        await campaigns.pause(stage.log, stage.person(), id)
        await campaigns.resume(stage.log, stage.person(), id)
        assert await _calls(stage, gate) == COMPANIES

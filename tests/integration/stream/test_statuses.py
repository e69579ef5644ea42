"""An agent's status in a frame is its true one at that position, whatever it narrates."""

import pytest
from sqlalchemy import Engine

from events.agent import AgentStarted, AgentStopped
from events.campaign import CampaignPaused, CampaignResumed
from events.fact import Event, Fact
from events.subjects import agent_address, campaign_address
from services.edge.cursor import Cursor
from services.edge.stream import StreamSettings
from tests.integration.stream.clients import Browser, browser
from tests.integration.stream.edges import Edge, activity, campaign_created, event, scored, serving

STARTED = AgentStarted(role="qualifier", name="qualifier")
STOPPED = AgentStopped(reason="requested")
COMPLETED = AgentStopped(reason="completed")
STATUSES = [
    "running", "running", "stopped", "stopped", "running", "running", "idle", "running", "idle",
    "idle",
]  # fmt: skip


def agent(version: int, fact: Fact) -> Event:
    return event(agent_address("acme", "c-1", "qualifier-c-1"), version, fact)


def campaign(version: int, fact: Fact) -> Event:
    return event(campaign_address("acme", "c-1"), version, fact)


def history() -> list[Event]:
    """An agent that narrates on, whatever happens to it; each `activity` claims *running*."""

    def says(number: int) -> Event:
        return activity("acme", "c-1", number)

    return [
        campaign_created("acme", "c-1"), agent(1, STARTED), says(1), agent(2, STOPPED), says(2),
        agent(3, STARTED), says(3), campaign(2, CampaignPaused()), says(4),
        campaign(3, CampaignResumed()), says(5), agent(4, COMPLETED), says(6),
    ]  # fmt: skip


async def statuses(page: Browser, count: int) -> list[str]:
    return [(await page.next("AGENT_ACTIVITY"))["payload"]["status"] for _ in range(count)]


async def test_live(edge: Edge) -> None:
    async with browser(edge) as page:
        for each in history():
            await edge.log.append(each)
        assert await statuses(page, len(STATUSES)) == STATUSES


@pytest.mark.parametrize("begin", [0, 3, 5, 7, 9])
async def test_in_a_replay_from_the_log_that_begins_anywhere(
    nats_url: str, engine: Engine, begin: int
) -> None:
    """Nothing of it is in this edge's memory."""
    settings = StreamSettings(ring_items=10, preload=5, drain=0)
    async with serving(nats_url, engine, settings) as edge:
        await edge.log.append(*history())
        await edge.log.append(*(scored("acme", "c-2", number) for number in range(20)))
    async with serving(nats_url, engine, settings) as later:
        skipped = sum(
            each.fact.__class__.__name__[:5] in ("Agent", "Activ") for each in history()[:begin]
        )
        after = Cursor(later.hub.epoch, begin).encode()
        async with browser(later, query=f"?after={after}") as page:
            assert await statuses(page, len(STATUSES) - skipped) == STATUSES[skipped:]


async def test_on_an_edge_that_started_after_the_agent_was_stopped(
    nats_url: str, engine: Engine
) -> None:
    settings = StreamSettings(preload=0, drain=0)
    async with serving(nats_url, engine, settings) as edge:
        await edge.log.append(*history()[:4])
        async with serving(nats_url, engine, settings) as later, browser(later) as page:
            await later.log.append(activity("acme", "c-1", 9))
            assert await statuses(page, 1) == ["stopped"]

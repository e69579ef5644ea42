"""While a fact waits for its command's answer, replays and cursors behave as if it were not there
yet; then everybody is told of it, once."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import Engine

from events.campaign import CampaignPaused
from events.fact import Event
from events.subjects import campaign_address
from services.edge.answers import announce
from services.edge.cursor import Cursor
from services.edge.stream import StreamSettings
from tests.integration.stream.clients import browser, sequences
from tests.integration.stream.edges import Edge, activity, campaign_created, event, scored, serving

HELD = StreamSettings(hold_s=3600, after_answer_s=0, drain=0)


def paused_by_a_person(org: str, campaign: str) -> Event:
    made = event(campaign_address(org, campaign), 2, CampaignPaused())
    return replace(made, causation_id=made.correlation_id)


async def _pause(edge: Edge) -> UUID:
    """At position 2, with what agents do before and after it."""
    await edge.log.append(campaign_created("acme", "c-1"))
    paused = paused_by_a_person("acme", "c-1")
    await edge.log.append(paused)
    await edge.hub.reached(await edge.log.append(scored("acme", "c-1", 3)))
    return paused.correlation_id


async def test_who_comes_back_meanwhile_is_told_of_it_once_and_in_order(
    nats_url: str, engine: Engine
) -> None:
    async with serving(nats_url, engine, HELD) as edge, browser(edge) as watching:
        await watching.subscribe()
        command = await _pause(edge)
        async with browser(edge) as page:
            ready = await page.subscribe(after=Cursor(edge.hub.epoch, 0).encode())
            assert sequences([ready]) == [1]
            await edge.log.append(scored("acme", "c-1", 4))
            await announce(edge.log, "acme", command)
            assert sequences(await page.facts(3)) == [2, 3, 4]
        assert sequences(await watching.facts(4)) == [1, 2, 3, 4]


async def test_a_cursor_that_is_held_is_waited_for(nats_url: str, engine: Engine) -> None:
    async with serving(nats_url, engine, HELD) as edge, browser(edge) as page:
        command = await _pause(edge)
        await page.say("SUBSCRIBE", after=Cursor(edge.hub.epoch, 2).encode())
        await page.say("PING")
        await page.next("PONG")
        await announce(edge.log, "acme", command)
        assert sequences(await page.facts(1)) == [3]
        assert "RESET" not in {frame["type"] for frame in page.seen}


async def test_other_organisations_do_not_wait(nats_url: str, engine: Engine) -> None:
    async with serving(nats_url, engine, HELD) as edge, browser(edge, "globex") as page:
        await _pause(edge)
        await edge.log.append(activity("globex", "c-9", 1))
        assert sequences(await page.facts(1)) == [4]


@pytest.mark.parametrize("settings", [StreamSettings(hold_s=0.05, drain=0)])
async def test_an_edge_that_dies_before_its_answer_left_holds_up_nobody_for_long(
    nats_url: str, engine: Engine, settings: StreamSettings
) -> None:
    async with serving(nats_url, engine, settings) as edge, browser(edge) as page:
        await page.subscribe()
        await _pause(edge)
        assert sequences(await page.facts(3)) == [1, 2, 3]


async def test_what_happened_before_the_start_waits_for_nobody(
    nats_url: str, engine: Engine
) -> None:
    async with serving(nats_url, engine, HELD) as edge:
        await _pause(edge)
        async with serving(nats_url, engine, HELD) as later, browser(later) as page:
            assert sequences(page.seen) == [3]

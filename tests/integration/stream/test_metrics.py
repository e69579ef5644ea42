"""A campaign's counts: the current ones on subscribing, then the latest, a few times a second."""

import asyncio
import time

from sqlalchemy import Engine

from events.campaign import CampaignStarted
from events.subjects import campaign_address, live_subject
from projections.projector import advance, begin
from services.edge.stream.fanout.campaign_metrics import INTERVAL_S
from services.log import Log
from tests.integration.stream.clients import browser
from tests.integration.stream.edges import Edge, campaign_created, event, scored, serving

TICK = b'{"prospectsFound":%d,"prospectsScored":0,"prospectsQualified":0,"prospectsFailed":0}'


async def test_the_current_counts_are_told_on_subscribing(nats_url: str, engine: Engine) -> None:
    log = await Log.connect(nats_url)
    started = event(campaign_address("acme", "c-1"), 2, CampaignStarted(agents=()))
    last = await log.append(campaign_created("acme", "c-1"), started)
    at = await asyncio.to_thread(begin, engine, await log.head())
    batches = [batch async for batch in log.follow(0, until=last)]
    events = [each for batch in batches for each in batch.events]
    await asyncio.to_thread(advance, engine, events, at, last)
    await log.close()
    async with serving(nats_url, engine) as edge, browser(edge) as page:
        frame = await page.next("CAMPAIGN_METRICS_UPDATE")
        assert frame["payload"]["campaignId"] == "c-1"
        assert frame["payload"]["metrics"]["prospectsFound"] == 0
        async with browser(edge, "globex") as stranger:
            await edge.log.append(scored("globex", "c-9", 1))
            await stranger.facts(1)
        assert "CAMPAIGN_METRICS_UPDATE" not in {frame["type"] for frame in stranger.seen}


async def test_of_many_ticks_the_first_and_the_latest_are_told(edge: Edge) -> None:
    await edge.log.append(campaign_created("acme", "c-1"))
    async with browser(edge) as page, browser(edge, "globex") as stranger:
        await page.subscribe()
        began = time.monotonic()
        for number in range(1, 101):
            await edge.log.nc.publish(live_subject("acme", "c-1", "metrics"), TICK % number)
        told: list[int] = []
        while not told or told[-1] < 100:
            frame = await page.next("CAMPAIGN_METRICS_UPDATE")
            told.append(frame["payload"]["metrics"]["prospectsFound"])
        spent = time.monotonic() - began
        assert told[0] == 1
        assert told == sorted(set(told))
        assert len(told) <= 2 + spent / INTERVAL_S
        await stranger.say("PING")
        await stranger.next("PONG")
    assert "CAMPAIGN_METRICS_UPDATE" not in {frame["type"] for frame in stranger.seen}


async def test_who_did_not_choose_the_counts_is_not_told_of_them(edge: Edge) -> None:
    await edge.log.append(campaign_created("acme", "c-1"))
    async with browser(edge, query="?types=PROSPECT_FOUND") as page:
        await page.next("READY")
        await edge.log.nc.publish(live_subject("acme", "c-1", "metrics"), TICK % 1)
        await edge.log.append(scored("acme", "c-1", 1))
        await page.facts(1)
        await page.say("PING")
        await page.next("PONG")
    assert "CAMPAIGN_METRICS_UPDATE" not in {frame["type"] for frame in page.seen}

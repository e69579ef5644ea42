"""What a browser notices when the log is away: nothing, or a plain word."""

import asyncio

from sqlalchemy import Engine

from services.edge.cursor import Cursor
from services.log import cloudevents
from services.log.jetstream.api import call
from tests.integration.stream.clients import browser, numbers
from tests.integration.stream.edges import Edge, campaign_created, scored, serving, until
from tests.nats_servers import NatsServer


async def test_a_killed_nats_server_that_comes_back_costs_no_connection_and_no_fact(
    nats_server: NatsServer, engine: Engine
) -> None:
    async with serving(nats_server.url, engine) as edge, browser(edge) as page:
        await edge.log.append(scored("acme", "c-1", 1))
        await page.facts(1)
        await asyncio.to_thread(nats_server.kill9)
        await page.say("PING")
        await page.next("PONG")
        await asyncio.to_thread(nats_server.restart)
        await edge.log.append(scored("acme", "c-1", 2))
        assert numbers(await page.facts(1)) == [2]


async def test_a_campaign_that_nobody_can_look_up_now_is_no_reason_to_close(
    nats_server: NatsServer, engine: Engine
) -> None:
    async with serving(nats_server.url, engine) as edge, browser(edge) as page:
        await edge.hub.reached(await edge.log.append(campaign_created("acme", "c-1")))
        edge.hub.campaigns._known.clear()
        await asyncio.to_thread(nats_server.kill9)
        await page.say("SUBSCRIBE", campaignId="c-1")
        answer = await page.next("ERROR")
        await asyncio.to_thread(nats_server.restart)
        assert answer["payload"]["code"] == "UNAVAILABLE"


async def test_at_a_fact_of_a_newer_version_browsers_are_sent_away_until_it_can_be_read(
    edge: Edge, nats_url: str, engine: Engine
) -> None:
    await edge.hub.reached(await edge.log.append(scored("acme", "c-1", 1)))
    async with browser(edge) as page:
        newer = cloudevents.to_draft(scored("acme", "c-1", 2))
        headers = dict(line.split(": ", 1) for line in newer.headers.splitlines())
        headers["ce-type"] = "filon.ProspectEnchanted.v1"
        stored = await edge.log.nc.jetstream().publish(newer.subject, newer.data, headers=headers)
        assert await page.closed() == 1011
    assert edge.hub.stuck
    async with serving(nats_url, engine) as restarted:
        assert restarted.hub.stuck
    async with browser(edge, query="?types=PROSPECT_FOUND") as page:
        assert await page.closed() == 1011
    await call(edge.log.nc, "STREAM.MSG.DELETE.FILON", {"seq": stored.seq})
    await until(lambda: not edge.hub.stuck)
    async with browser(edge, query=f"?after={Cursor(edge.hub.epoch, 1).encode()}") as page:
        await edge.log.append(scored("acme", "c-1", 3))
        assert numbers(await page.facts(1)) == [3]

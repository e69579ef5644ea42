"""What a browser is told: everything once, in order, of its own organisation."""

import asyncio

import pytest

from services.edge.cursor import Cursor
from services.edge.stream.endpoints.subscription_requests import NoSuchCampaign
from tests.integration.stream.clients import browser, numbers, sequences
from tests.integration.stream.edges import Edge, activity, campaign_created, scored


async def test_the_guides_client_sees_a_prospect_found_without_sending_a_word(edge: Edge) -> None:
    async with browser(edge) as page:
        assert page.seen[0]["type"] == "READY"
        await edge.log.append(scored("acme", "c-1", 7))
        (frame,) = await page.facts(1)
    assert frame["type"] == "PROSPECT_FOUND"
    assert frame["payload"]["score"] == 7
    assert frame["payload"]["campaignId"] == "c-1"
    assert frame["payload"]["prospect"]["name"] == "Ada Levain"
    assert frame["payload"]["prospect"]["factors"] == [
        {"rule": "activity", "points": 30, "max": 30, "reason": "Activity 62.01Z is asked for"}
    ]
    assert sequences([frame]) == [1]


async def test_what_happens_between_ready_and_the_first_words_is_told_once(edge: Edge) -> None:
    async with browser(edge) as page:
        for number in range(20):
            await edge.log.append(scored("acme", "c-1", number))
        assert numbers(await page.facts(20)) == list(range(20))


async def test_replay_joins_the_live_tail_without_gap_or_duplicate(edge: Edge) -> None:
    await edge.log.append(*(scored("acme", "c-1", number) for number in range(700)))

    async def go_on() -> None:
        for number in range(700, 1100):
            await edge.log.append(scored("acme", "c-1", number))

    writing = asyncio.create_task(go_on())
    async with browser(edge) as page:
        start = Cursor(edge.hub.epoch, 100).encode()
        await page.say("SUBSCRIBE", after=start)
        told = await page.facts(1000)
    await writing
    assert sequences(told) == list(range(101, 1101))
    assert numbers(told) == list(range(100, 1100))


async def test_several_browsers_join_while_facts_flow_and_each_misses_nothing(edge: Edge) -> None:
    async def go_on() -> None:
        for number in range(600):
            await edge.log.append(scored("acme", f"c-{number % 3}", number))

    async def follow(index: int) -> list[int]:
        await edge.hub.reached(25 * index)
        after = Cursor(edge.hub.epoch, 0).encode()
        async with browser(edge, query=f"?after={after}") as page:
            return sequences(await page.facts(600))

    *told, _ = await asyncio.gather(*(follow(index) for index in range(20)), go_on())
    assert told == [list(range(1, 601))] * 20


async def test_one_campaign_and_some_types_are_all_that_a_subscription_tells(edge: Edge) -> None:
    await edge.log.append(campaign_created("acme", "c-1"), campaign_created("acme", "c-2"))
    async with browser(edge) as page:
        await page.subscribe(campaignId="c-1", types=["PROSPECT_FOUND"])
        await edge.log.append(
            scored("acme", "c-2", 1), activity("acme", "c-1", 2), scored("acme", "c-1", 3)
        )
        assert numbers(await page.facts(1)) == [3]
        await page.subscribe(types=["AGENT_ACTIVITY"])
        await edge.log.append(scored("acme", "c-1", 4), activity("acme", "c-2", 5))
        (frame,) = await page.facts(1)
    assert frame["type"] == "AGENT_ACTIVITY"
    assert frame["payload"] == {
        "campaignId": "c-2",
        "agentId": "qualifier-c-2",
        "activity": "Scored a prospect: 5/100",
        "status": "running",
    }


async def test_a_filtered_replay_tells_what_fits_and_ends_at_the_newest_position(
    edge: Edge,
) -> None:
    await edge.log.append(campaign_created("acme", "c-1"))
    events = (scored("acme", f"c-{number % 2}", number) for number in range(50))
    await edge.hub.reached(await edge.log.append(*events))
    async with browser(edge) as page:
        after = Cursor(edge.hub.epoch, 1).encode()
        ready = await page.subscribe(campaignId="c-1", after=after)
    told = [frame for frame in page.seen if frame["type"] == "PROSPECT_FOUND"]
    assert numbers(told) == list(range(1, 50, 2))
    assert sequences([ready]) == [51]


async def test_progress_past_filtered_facts_is_told(edge: Edge) -> None:
    await edge.log.append(campaign_created("acme", "c-1"))
    async with browser(edge) as page:
        await page.subscribe(campaignId="c-1")
        await edge.log.append(scored("acme", "c-2", 1))
        progress = await page.next("CURSOR")
    assert progress["payload"]["cursor"] == progress["cursor"]
    assert sequences([progress]) == [2]


async def test_nothing_crosses_organisations(edge: Edge) -> None:
    await edge.log.append(campaign_created("globex", "c-9"))
    async with browser(edge, "acme") as page:
        await page.say("SUBSCRIBE", campaignId="c-9", after=Cursor(edge.hub.epoch, 0).encode())
        refusal = await page.next("ERROR")
        await page.subscribe(after=Cursor(edge.hub.epoch, 0).encode())
        await edge.log.append(scored("globex", "c-9", 1), scored("acme", "c-1", 2))
        assert numbers(await page.facts(1)) == [2]
    assert refusal["payload"] == {
        "code": "CAMPAIGN_NOT_FOUND",
        "message": NoSuchCampaign.__doc__,
    }


@pytest.mark.parametrize("campaign", ["*", ">", "c-1.>", "", "é", "c" * 65])
async def test_a_campaign_id_is_never_a_pattern(edge: Edge, campaign: str) -> None:
    await edge.log.append(campaign_created("acme", "c-1"))
    async with browser(edge) as page:
        await page.say("SUBSCRIBE", campaignId=campaign)
        assert (await page.next("ERROR"))["payload"]["code"] in (
            "CAMPAIGN_NOT_FOUND",
            "INVALID_SUBSCRIPTION",
        )


async def test_the_batch_subprotocol_tells_the_same_in_arrays(edge: Edge) -> None:
    after = Cursor(edge.hub.epoch, 0).encode()
    await edge.log.append(*(scored("acme", "c-1", number) for number in range(900)))
    async with browser(edge, query=f"?after={after}", subprotocols=["filon.batch.v1"]) as page:
        assert page.socket.subprotocol == "filon.batch.v1"
        assert sequences(await page.facts(900)) == list(range(1, 901))


async def test_a_signal_repeats_the_last_delivered_cursor(edge: Edge) -> None:
    async with browser(edge) as page:
        await edge.log.append(scored("acme", "c-1", 1))
        (fact,) = await page.facts(1)
        await page.say("PING")
        assert (await page.next("PONG"))["cursor"] == fact["cursor"]

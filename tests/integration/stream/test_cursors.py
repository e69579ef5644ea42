"""A cursor is resumed in full, or said to be of no use; nothing is lost silently."""

import asyncio
import json
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Engine

from services.edge.cursor import Cursor
from services.edge.stream import StreamSettings
from tests.integration.stream.clients import SIGNALS, browser, numbers, sequences
from tests.integration.stream.edges import Edge, activity, scored, serving, until


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        ("no-cursor", "malformed"),
        (Cursor("another", 1).encode(), "epoch"),
        ("FUTURE", "future"),
    ],
)
async def test_a_cursor_of_no_use_is_answered_with_reset_and_then_live(
    edge: Edge, after: str, reason: str
) -> None:
    await edge.hub.reached(await edge.log.append(scored("acme", "c-1", 1)))
    if after == "FUTURE":
        after = Cursor(edge.hub.epoch, 99).encode()
    async with browser(edge) as page:
        await page.say("SUBSCRIBE", after=after)
        reset = await page.next("RESET")
        await edge.log.append(scored("acme", "c-1", 2))
        assert numbers(await page.facts(1)) == [2]
    assert reset["payload"]["reason"] == reason
    assert sequences([{"cursor": reset["payload"]["cursor"]}]) == [1]


async def test_a_cursor_below_the_floor_is_answered_with_reset(edge: Edge) -> None:
    events = (scored("acme", "c-1", number) for number in range(10))
    await edge.hub.reached(await edge.log.append(*events))
    edge.hub.rebase(edge.hub.epoch, 10)
    await set_metadata(edge, "filon.floor", "5")
    async with browser(edge) as page:
        await page.say("SUBSCRIBE", after=Cursor(edge.hub.epoch, 4).encode())
        assert (await page.next("RESET"))["payload"]["reason"] == "expired"
        await page.next("READY")
        await page.subscribe(after=Cursor(edge.hub.epoch, 5).encode())
    assert numbers([f for f in page.seen if f["type"] == "PROSPECT_FOUND"]) == [5, 6, 7, 8, 9]


async def test_a_restored_log_resets_who_is_connected(edge: Edge) -> None:
    await edge.hub.reached(await edge.log.append(scored("acme", "c-1", 1)))
    old = Cursor(edge.hub.epoch, 0).encode()
    async with browser(edge) as page:
        edge.hub.stuck = True
        await set_metadata(edge, "filon.epoch", "restored")
        reset = await page.next("RESET")
        assert not edge.hub.stuck
        assert reset["payload"]["reason"] == "epoch"
        assert Cursor.parse(reset["cursor"]) == Cursor("restored", 1)
        await edge.log.append(scored("acme", "c-1", 2))
        assert numbers(await page.facts(1)) == [2]
        await page.say("SUBSCRIBE", after=old)
        assert (await page.next("RESET"))["payload"]["reason"] == "epoch"


async def test_an_erased_message_causes_no_reset_and_no_gap_to_the_others(edge: Edge) -> None:
    events = (scored("acme", "c-1", number) for number in range(10))
    await edge.hub.reached(await edge.log.append(*events))
    await call(edge, "STREAM.MSG.DELETE.FILON", {"seq": 5})
    edge.hub.rebase(edge.hub.epoch, 10)
    async with browser(edge) as page:
        await page.subscribe(after=Cursor(edge.hub.epoch, 4).encode())
    assert sequences([f for f in page.seen if f["type"] == "PROSPECT_FOUND"]) == [6, 7, 8, 9, 10]


async def test_what_the_ring_forgot_is_read_from_the_log(nats_url: str, engine: Engine) -> None:
    settings = StreamSettings(ring_items=50, preload=20)
    async with serving(nats_url, engine, settings) as edge:
        await edge.log.append(*(scored("acme", "c-1", number) for number in range(900)))
        await edge.log.append(*(activity("acme", "c-1", number) for number in range(900)))
        await edge.log.append(*(scored("globex", "c-1", number) for number in range(900)))
        await edge.log.append(*(scored("acme", "c-2", number) for number in range(900)))
        writing = asyncio.create_task(_append_one_by_one(edge, 900, 1000))
        async with browser(edge, query=f"?after={Cursor(edge.hub.epoch, 0).encode()}") as page:
            told = await page.facts(2800)
        await writing
    assert sequences(told) == [*range(1, 1801), *range(2701, 3701)]


async def _append_one_by_one(edge: Edge, start: int, end: int) -> None:
    for number in range(start, end):
        await edge.log.append(scored("acme", "c-2", number))


async def test_a_new_subscription_interrupts_a_replay(nats_url: str, engine: Engine) -> None:
    async with serving(nats_url, engine, StreamSettings(ring_items=10, preload=0)) as edge:
        events = (scored("acme", "c-1", number) for number in range(100))
        await edge.hub.reached(await edge.log.append(*events))
        edge.hub.history = asyncio.Semaphore(0)
        async with browser(edge, query=f"?after={Cursor(edge.hub.epoch, 0).encode()}") as page:
            ready = await page.subscribe(after=Cursor(edge.hub.epoch, 90).encode())
            edge.hub.history.release()
            await edge.log.append(scored("acme", "c-1", 100))
            await page.facts(1)
    assert sequences([ready]) == [100]
    assert sequences([f for f in page.seen if f["type"] not in SIGNALS]) == [*range(91, 102)]


async def test_replays_that_are_interrupted_again_and_again_never_mix(
    nats_url: str, engine: Engine
) -> None:
    async with serving(nats_url, engine, StreamSettings(drain=0)) as edge:
        for start in range(0, 5000, 1000):
            events = (scored("acme", "c-1", number) for number in range(start, start + 1000))
            await edge.hub.reached(await edge.log.append(*events))
        after = Cursor(edge.hub.epoch, 0).encode()
        async with browser(edge, query=f"?after={after}") as page:
            for round in range(20):
                await asyncio.sleep(0.001 * (round % 5))
                await page.say("SUBSCRIBE", after=after)
            await edge.log.append(scored("acme", "c-1", 5000))
            told = await page.facts(1)
            while told[-1]["cursor"] != Cursor(edge.hub.epoch, 5001).encode():
                told += await page.facts(1)
        await until(lambda: not edge.hub.connections)
        assert not list(edge.hub.subscriptions)
    for before, after_it in pairwise(sequences(told)):
        assert after_it in (before + 1, 1)


async def test_a_rest_cursor_that_the_hub_has_not_reached_yet_is_waited_for(edge: Edge) -> None:
    async with browser(edge) as page:
        sequence = await edge.log.append(scored("acme", "c-1", 1))
        ready = await page.subscribe(after=Cursor(edge.hub.epoch, sequence).encode())
    assert sequences([ready]) == [sequence]
    assert "RESET" not in {frame["type"] for frame in page.seen}


async def set_metadata(edge: Edge, name: str, value: str) -> None:
    info = await call(edge, "STREAM.INFO.FILON", {})
    config = info["config"]
    config["metadata"] |= {name: value}
    await call(edge, "STREAM.UPDATE.FILON", config)


async def call(edge: Edge, name: str, body: dict[str, object]) -> Any:
    reply = await edge.log.nc.request(f"$JS.API.{name}", json.dumps(body).encode(), timeout=5)
    answer = json.loads(reply.data)
    assert "error" not in answer, answer
    return answer

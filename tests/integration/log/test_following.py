"""Following the log on a real server."""

import asyncio

import pytest

from services.log import Log
from services.log.jetstream.api import call
from services.log.jetstream.consumer import WINDOW, Consumer, Gap
from tests.integration.log.shelf import event, read
from tests.nats_servers import NatsServer


async def test_a_follower_reads_history_then_the_live_tail(log: Log) -> None:
    await log.append(*(event("a", n) for n in range(1, 901)))
    await log.append(*(event("b", n) for n in range(1, 901)))
    seen: list[int] = []
    async for batch in log.follow(0):
        seen += [e.sequence for e in batch.events]
        if batch.position == 1800:
            await log.append(event("a", 901))
        if batch.position == 1801:
            break
    assert seen == [*range(1, 1802)]


async def test_a_follower_advances_past_what_its_filter_leaves_out(log: Log) -> None:
    await log.append(event("a", 1))
    await log.append(event("b", 1))
    assert await read(log, 0, "filon.acme.c-1.prospect.>") == []
    assert [e.sequence for e in await read(log, 0, "filon.acme.c-1.campaign.a.*")] == [1]


async def test_appends_and_followers_survive_the_servers_death(
    log: Log, nats_server: NatsServer
) -> None:
    underway = asyncio.Event()
    seen: list[int] = []

    async def write() -> None:
        for n in range(1, 301):
            if n == 100:
                underway.set()
            await log.append(event("a", n))

    async def watch() -> None:
        async for batch in log.follow(0):
            seen.extend(e.originator_version for e in batch.events)
            if seen and seen[-1] == 300:
                return

    writing, watching = asyncio.create_task(write()), asyncio.create_task(watch())
    await underway.wait()
    nats_server.kill9()
    await asyncio.sleep(0.3)  # no race: so long it is gone, at least
    nats_server.restart()
    await asyncio.gather(writing, watching)
    assert seen == [*range(1, 301)]
    assert len(await log.load("acme/c-1/campaign/a")) == 300


async def test_a_follower_whose_consumer_was_deleted_goes_on(log: Log) -> None:
    await log.append(event("a", 1))
    seen: list[int] = []
    async for batch in log.follow(0):
        seen += [e.originator_version for e in batch.events]
        if seen[-1] < 3:
            for consumer in (await call(log.nc, "CONSUMER.NAMES.FILON", {}))["consumers"]:
                await call(log.nc, f"CONSUMER.DELETE.FILON.{consumer}")
            await log.append(event("a", seen[-1] + 1))
        else:
            break
    assert seen == [1, 2, 3]


async def test_a_slow_reader_holds_no_more_than_what_was_asked_for(log: Log) -> None:
    for n in range(10):
        await log.append(*(event(f"s{n}", v) for v in range(1, 1001)))
    consumer = Consumer(log.nc, log.stream, 0)
    async with log.nc.tap(consumer.arrive) as inbox:
        await consumer.create(inbox, ["filon.>"])
        taken = 0
        while taken < 10_000:
            taken += len(await consumer.take(5))
            await asyncio.sleep(0.02)
            assert consumer.held <= WINDOW
    assert consumer.position == taken == 10_000


async def test_a_missing_message_is_noticed_and_read_again(log: Log) -> None:
    await log.append(*(event("a", v) for v in range(1, 101)))
    consumer = Consumer(log.nc, log.stream, 0)
    number = 0

    def lose_one(subject: bytes, reply: bytes, headers: bytes, data: bytes) -> None:
        nonlocal number
        number += 1
        if number != 50:
            consumer.arrive(subject, reply, headers, data)

    async with log.nc.tap(lose_one) as inbox:
        await consumer.create(inbox, ["filon.>"])
        with pytest.raises(Gap):
            await _take_for_ever(consumer)
    assert consumer.position == 49


async def _take_for_ever(consumer: Consumer) -> None:
    while True:
        await consumer.take(5)

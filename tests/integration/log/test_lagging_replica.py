"""A replica that knows nothing after a sequence answers, and nobody is misled."""

import asyncio
from typing import Any

import pytest

from events.campaign import CampaignResumed
from events.subjects import everything
from services.log import Log, Unavailable
from services.log.jetstream.consumer import Consumer
from services.log.jetstream.message import Message
from services.log.jetstream.reader import DirectReader
from tests.integration.log.shelf import event, originator

Lag = dict[str, int]


@pytest.fixture
def lag(monkeypatch: pytest.MonkeyPatch) -> Lag:
    """`until` is the last message that the replica has; `answers` how often it still answers."""
    lag = {"until": 0, "answers": 10**9}
    whole = DirectReader._ask

    async def ask(reader: DirectReader, body: dict[str, Any]) -> tuple[list[Message], int]:
        page, pending = await whole(reader, body)
        lag["answers"] -= 1
        if lag["answers"] < 0:
            return page, pending
        return [message for message in page if message.sequence <= lag["until"]], 0

    monkeypatch.setattr(DirectReader, "_ask", ask)
    return lag


@pytest.mark.parametrize("until", [0, 1, 2])
async def test_an_aggregate_is_loaded_whole(log: Log, lag: Lag, until: int) -> None:
    events = [event("a", 1), event("a", 2, CampaignResumed())]
    await log.append(*events)
    lag["until"] = until
    assert await log.load(originator("a")) == events
    assert await log.load(originator("nobody")) == []


async def test_an_append_follows_what_the_leader_has(log: Log, nats_url: str, lag: Lag) -> None:
    await log.append(event("a", 1))
    other = await Log.connect(nats_url)
    assert await other.append(event("a", 2)) == 2
    await other.close()


async def test_the_newest_of_many_comes_from_a_replica_that_is_level(log: Log, lag: Lag) -> None:
    await log.append(*(event(f"a{n}", 1) for n in range(3)))
    lag |= {"until": 2, "answers": 2}
    found = await log.latest([originator(f"a{n}") for n in range(3)])
    assert [*found] == [originator(f"a{n}") for n in range(3)]
    lag["answers"] = 0
    assert await log.latest([originator("nobody")]) == {}


async def test_of_many_nothing_is_said_while_no_replica_is_level(log: Log, lag: Lag) -> None:
    await log.append(event("a", 1))
    with pytest.raises(Unavailable):
        await log.latest([originator("a")])


async def test_the_newest_up_to_a_position_is_of_that_position(log: Log, lag: Lag) -> None:
    await log.append(event("a", 1), event("a", 2, CampaignResumed()), event("b", 1))
    lag |= {"until": 1, "answers": 2}
    newest = await log.newest([everything(kind="campaign")], 2)
    assert [e.sequence for e in newest] == [1, 2]


@pytest.mark.parametrize("until", [0, 1, 3, 5])
async def test_what_is_read_up_to_a_position_is_whole(log: Log, lag: Lag, until: int) -> None:
    await log.append(*(event(f"a{n % 2}", 1 + n // 2) for n in range(5)))
    lag["until"] = until
    read = [e.sequence async for b in log.read(0, ["filon.>"], 4) for e in b.events]
    assert read == [1, 2, 3, 4]


async def test_what_is_removed_is_what_the_leader_has(log: Log, lag: Lag) -> None:
    await log.append(event("a", 1), event("a", 2), event("a", 3))
    lag["until"] = 1
    assert await log.remove(originator("a"), 3) == 2
    assert [e.sequence for e in await log.remains(originator("a"))] == [3]


async def test_names_of_facts_are_told_apart_in_one_reading(log: Log) -> None:
    await log.append(event("a", 1), event("a", 2, CampaignResumed()), event("b", 1))
    filters = [everything(event_type="CampaignResumed"), everything(event_type="CampaignCreated")]
    pages = [(b.events, b.position) async for b in log.read(0, filters, 3)]
    assert [e.sequence for events, _ in pages for e in events] == [2]
    assert pages[-1][1] == 3


async def test_thousands_of_finite_reads_leave_no_consumer(log: Log) -> None:
    await log.append(event("a", 1))
    for _ in range(1200):
        assert [b.position async for b in log.read(0, ["filon.>"], 1)][-1] == 1
    assert (await log.nc.ask_json(f"$JS.API.CONSUMER.NAMES.{log.stream}"))["total"] == 0


async def test_a_follower_that_ends_takes_its_consumer_with_it(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    created: list[str] = []
    create = Consumer.create

    async def noted(consumer: Consumer, inbox: str, filters: Any) -> None:
        await create(consumer, inbox, filters)
        created.append(consumer._name)

    monkeypatch.setattr(Consumer, "create", noted)
    await log.append(event("a", 1))
    for _ in range(3):
        async for _ in log.follow(0, until=1):
            pass
    assert len(created) == 3
    names: dict[str, Any] = {"consumers": created}
    async with asyncio.timeout(30):  # half of what the server would keep one for
        while names["consumers"]:
            names = await log.nc.ask_json(f"$JS.API.CONSUMER.NAMES.{log.stream}")

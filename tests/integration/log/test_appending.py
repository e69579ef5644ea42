"""Appending on a real server: all or nothing, in order, and what is told to whom."""

import asyncio
from collections.abc import Sequence
from uuid import uuid4

import pytest

from services.log import Conflict, Log, TooManyEvents
from services.log.jetstream.api import Answer
from services.log.jetstream.append import Append
from services.log.jetstream.appender import Appender
from tests.integration.log.shelf import event, read


async def test_appending_the_same_events_again_is_a_success(log: Log) -> None:
    one = [event("a", 1)]
    command = uuid4()
    two = [event("b", 1, command=command), event("b", 2, command=command)]
    for events in (one, two):
        assert await log.append(*events) == await log.append(*events)
    assert len(await read(log)) == 3


async def test_concurrent_appends_conflict_for_none_but_the_late_one(log: Log) -> None:
    ids = [f"x{n}" for n in range(200)]
    await asyncio.gather(*(log.append(event(id, 1)) for id in ids))
    again = [log.append(event(id, 2 if n % 2 else 1)) for n, id in enumerate(ids)]
    results = await asyncio.gather(*again, return_exceptions=True)
    assert sum(isinstance(result, Conflict) for result in results) == 100
    assert len(await read(log)) == 300


async def test_two_concurrent_commands_on_one_aggregate_are_not_both_accepted(log: Log) -> None:
    for n in range(50):
        results = await asyncio.gather(
            *(log.append(event(f"y{n}", 1)) for _ in range(4)), return_exceptions=True
        )
        assert sum(isinstance(result, Conflict) for result in results) == 3


async def test_more_than_a_thousand_events_are_refused_whole(log: Log) -> None:
    with pytest.raises(TooManyEvents):
        await log.append(*(event("a", n) for n in range(1, 1002)))
    assert await log.append(*(event("a", n) for n in range(1, 1001))) == 1000
    assert len(await log.load("acme/c-1/campaign/a")) == 1000


async def test_versions_within_one_append_follow_one_another(log: Log) -> None:
    for versions in ((1, 3), (1, 1), (2, 1)):
        with pytest.raises(Conflict):
            await log.append(*(event("a", version) for version in versions))
    assert await log.append() == 0
    assert await read(log) == []


async def test_what_nobody_foresaw_is_told_to_whom_it_concerns_and_holds_up_nobody(
    nats_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = await Log.connect(nats_url)
    publish, broken = Appender._publish, [ValueError("unforeseen")]

    async def once_broken(self: Appender, appends: Sequence[Append]) -> Answer:
        await asyncio.sleep(0)
        if broken:
            raise broken.pop()
        return await publish(self, appends)

    monkeypatch.setattr(Appender, "_publish", once_broken)
    appends = [asyncio.create_task(log.append(event(f"u{n}", 1))) for n in range(2)]
    await asyncio.sleep(0)
    late = asyncio.create_task(log.append(event("u9", 1)))
    outcomes = await asyncio.gather(*appends, late, return_exceptions=True)
    assert sorted(type(each).__name__ for each in outcomes) == ["ValueError", "int", "int"]
    assert [e.sequence for e in await read(log)] == [1, 2]
    await log.close()

"""The log on a real server."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from events.agent import ActivityReported
from events.campaign import CampaignCancelled, CampaignCompleted, CampaignResumed
from events.catalogue import UPCASTERS, Payload
from events.subjects import Address, facts_about
from services.log import Conflict, Log, Unavailable
from tests.integration.log.shelf import event, read
from tests.nats_servers import NatsServer


async def test_what_was_appended_is_loaded_as_it_was(log: Log) -> None:
    events = [event("a", 1), event("a", 2, CampaignResumed()), event("a", 3, CampaignCancelled())]
    assert await log.append(*events) == 3
    loaded = await log.load("acme/c-1/campaign/a")
    assert loaded == events
    assert [e.sequence for e in loaded] == [1, 2, 3]


async def test_a_stale_writer_is_refused(log: Log, nats_url: str) -> None:
    await log.append(event("a", 1))
    other = await Log.connect(nats_url)
    await other.append(event("a", 2, CampaignResumed()))
    with pytest.raises(Conflict):
        await log.append(event("a", 2))
    with pytest.raises(Conflict):
        await log.append(event("a", 1))
    await other.close()


async def test_the_newest_fact_tells_what_exists_and_where(log: Log) -> None:
    await log.append(event("a", 1), event("a", 2, CampaignResumed()), event("b", 1))
    newest = await log.newest_on(facts_about("acme", "*", "campaign", "a"))
    assert newest == (Address.parse("acme/c-1/campaign/a"), "CampaignResumed", 2)
    assert await log.newest_on(facts_about("acme", "*", "campaign", "nobody")) is None
    assert await log.newest_on(facts_about("rival", "*", "campaign", "a")) is None


async def test_several_aggregates_are_appended_together_or_not_at_all(log: Log) -> None:
    await log.append(event("a", 1))
    with pytest.raises(Conflict):
        await log.append(event("b", 1), event("a", 1), event("c", 1))
    assert await log.load("acme/c-1/campaign/b") == []
    await log.append(event("b", 1), event("a", 2), event("c", 1))
    assert [e.originator_version for e in await log.load("acme/c-1/campaign/a")] == [1, 2]


async def test_the_newest_event_of_each_type_is_found_for_many(log: Log) -> None:
    for n in range(1200):
        await log.append(event(f"z{n}", 1))
    await log.append(event("z7", 2, CampaignResumed()), event("z7", 3))
    ids = [f"acme/c-1/campaign/z{n}" for n in range(1300)]
    latest = await log.latest(ids)
    assert len(latest) == 1200
    assert [e.originator_version for e in latest[ids[7]]] == [2, 3]


async def test_narration_has_no_version_and_no_expectation(log: Log) -> None:
    fact = ActivityReported(code="activity.read", status="running")
    said = [
        replace(event(id, 0, fact), originator_id=f"acme/c-1/activity/{id}") for id in ("a", "b")
    ]
    await log.append(said[0], event("a", 1))
    await log.append(event("a", 2), said[1])
    assert len(await read(log)) == 4


async def test_a_command_carried_out_again_after_a_restart_adds_nothing(
    nats_server: NatsServer,
) -> None:
    log = await Log.connect(nats_server.url)
    command = uuid4()
    await log.append(event("a", 1))
    first = await log.append(*(event("a", n, command=command) for n in (2, 3)))
    await log.append(event("a", 4))
    await log.close()
    nats_server.kill9()
    nats_server.restart()
    log = await Log.connect(nats_server.url)
    assert await log.append(*(event("a", n, command=command) for n in (2, 3))) == first
    with pytest.raises(Conflict):
        await log.append(*(event("a", n) for n in (2, 3)))
    with pytest.raises(Conflict):
        await log.append(event("a", 6))
    assert len(await read(log)) == 4
    await log.close()


async def test_connecting_waits_for_a_server_that_is_not_there_yet(
    nats_server: NatsServer,
) -> None:
    nats_server.kill9()
    connecting = asyncio.create_task(Log.connect(nats_server.url))
    await asyncio.sleep(0.3)  # no race: it waits for as long as it takes
    nats_server.restart()
    log = await connecting
    assert await log.append(event("a", 1)) == 1
    await log.close()


async def test_every_way_of_reading_lifts_an_old_shape(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    await log.append(event("a", 1, CampaignCompleted(found=1, scored=1, failed=0)))

    def lift(payload: Payload) -> Payload:
        return {"found": 7, "scored": 7, "failed": 0}

    monkeypatch.setitem(UPCASTERS, "CampaignCompleted", (lift,))
    id = "acme/c-1/campaign/a"
    ways = (await log.load(id), (await log.latest([id]))[id], await read(log))
    for events in ways:
        assert [e.fact for e in events] == [CampaignCompleted(found=7, scored=7, failed=0)]
    await log.append(event("a", 2, CampaignResumed()))
    facts = [e.fact for e in await log.load(id)]
    assert facts == [CampaignCompleted(found=7, scored=7, failed=0), CampaignResumed()]


async def test_whoever_waits_when_the_log_is_closed_is_told_that_nothing_is_known(
    log: Log, nats_server: NatsServer
) -> None:
    nats_server.kill9()
    waiting = [asyncio.create_task(log.append(event(f"w{n}", 1))) for n in range(3)]
    await asyncio.sleep(0.1)
    await log.close()
    told = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(error) for error in told] == [Unavailable] * 3
    nats_server.restart()


async def test_a_log_out_of_reach_says_so(
    nats_server: NatsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.log.jetstream.appender.PATIENCE_S", 0.5)
    monkeypatch.setattr("services.log.jetstream.patience.PATIENCE_S", 0.5)
    log = await Log.connect(nats_server.url)
    nats_server.kill9()
    for asked in (log.append(event("a", 1)), log.load("acme/c-1/campaign/a"), log.head()):
        with pytest.raises(Unavailable):
            await asked
    nats_server.restart()
    monkeypatch.undo()  # coming back may take longer
    # Not to the same aggregate: what was not acknowledged may be stored yet.
    assert await log.append(event("b", 1)) in (1, 2)
    await log.close()

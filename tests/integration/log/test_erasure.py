"""Erased is erased: the bytes are gone from the server's files, the id does not come back."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from events.company import Company, Contact
from events.fact import Event, Fact
from events.prospect import ProspectAssigned, ProspectErased, ProspectFound
from services.log import Conflict, Log
from services.log.jetstream.api import call
from tests.integration.log.cluster import Node, three
from tests.integration.log.shelf import event, files_with, read
from tests.nats_servers import NatsServer
from tests.unit.prospecting.shelf import NOW

EMAIL = "ada.levain@imaginaire.example"
ID = "acme/c-1/prospect/p1-ada"


def prospect_events() -> list[Event]:
    company = Company(name="Boulangerie", contacts=(Contact(name="Ada", email=EMAIL),))
    found = ProspectFound(company=company, source="csv", how="import", found_at=NOW)
    facts = [found, ProspectAssigned(reason="started"), found]
    return [_on(ID, version, fact) for version, fact in enumerate(facts, 1)]


def _on(id: str, version: int, fact: Fact) -> Event:
    return replace(event("x", version, fact), originator_id=id)


async def _erase(log: Log) -> int:
    tombstone = await log.append(_on(ID, 4, ProspectErased()))
    return await log.remove(ID, tombstone)


async def test_no_file_of_the_server_holds_an_erased_address(nats_server: NatsServer) -> None:
    log = await Log.connect(nats_server.url)
    await log.append(event("before", 1))
    await log.append(*prospect_events())
    await log.append(event("after", 1))
    assert files_with(EMAIL, nats_server.store_dir)
    assert await _erase(log) == 3
    assert not files_with(EMAIL, nats_server.store_dir)
    nats_server.kill9()
    nats_server.restart()
    assert not files_with(EMAIL, nats_server.store_dir)
    assert [type(e.fact) for e in await log.load(ID)] == [ProspectErased]
    await log.close()


async def test_readers_work_across_the_gap_and_the_id_does_not_come_back(nats_url: str) -> None:
    log = await Log.connect(nats_url)
    events = prospect_events()
    await log.append(event("before", 1))
    await log.append(*events)
    await log.append(event("after", 1))
    await _erase(log)
    assert [e.sequence for e in await read(log)] == [1, 5, 6]
    assert [e.sequence for e in await read(log, 2)] == [5, 6]
    for again in (events, events[:1], events[1:2]):
        with pytest.raises(Conflict):
            await log.append(*again)
    fresh = await Log.connect(nats_url)
    assert await fresh.append(_on(ID, 5, ProspectErased())) == 7
    await log.close()
    await fresh.close()


async def test_an_interrupted_erasure_goes_on(nats_server: NatsServer) -> None:
    log = await Log.connect(nats_server.url)
    await log.append(*prospect_events())
    tombstone = await log.append(_on(ID, 4, ProspectErased()))
    await call(log.nc, "STREAM.MSG.DELETE.FILON", {"seq": 1})
    assert await log.remove(ID, tombstone) == 2
    assert await log.remove(ID, tombstone) == 0
    assert not files_with(EMAIL, nats_server.store_dir)
    await log.close()


async def test_three_nodes_forget_once_their_raft_logs_are_compacted(tmp_path: Path) -> None:
    with three(tmp_path) as cluster:
        log = await Log.connect(cluster.url, replicas=3)
        await log.append(*prospect_events())
        await _erase(log)
        for round in range(12):
            await log.append(*(event(f"later{round}", n) for n in range(1, 1001)))
        async with asyncio.timeout(150):
            while any(files_with(EMAIL, node.store) for node in cluster.nodes):
                await _restart_each(cluster.nodes)
        assert [type(e.fact) for e in await log.load(ID)] == [ProspectErased]
        await log.close()


async def _restart_each(nodes: list[Node]) -> None:
    for node in nodes:
        node.stop()
        await asyncio.sleep(1)
        node.start()
        await asyncio.sleep(2)

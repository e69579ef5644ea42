"""Each error of the log proves that nothing was stored, or says that nothing is known."""

import asyncio
from pathlib import Path

import pytest

from events.campaign import CampaignResumed
from services.log import Log
from tests.integration.log.cluster import Cluster, three
from tests.integration.log.shelf import event, originator, read


async def test_what_is_stored_while_followers_are_away_is_not_refused(
    log: Log, cluster: Cluster
) -> None:
    leader = await cluster.leader(log.nc)
    followers = [node for node in cluster.nodes if node is not leader]
    for node in followers:
        node.pause()
    appending = [
        asyncio.create_task(log.append(event("one", 1))),
        asyncio.create_task(log.append(event("two", 1), event("three", 1))),
    ]
    await asyncio.wait(appending, timeout=4)
    for node in followers:
        node.resume()
    await asyncio.gather(*appending)
    assert {e.originator_id for e in await read(log)} == {
        originator(id) for id in ("one", "two", "three")
    }


async def test_a_server_that_hangs_is_left_for_its_healthy_neighbours(
    cluster: Cluster,
) -> None:
    founder = await Log.connect(cluster.url, replicas=3)
    await founder.append(event("a", 1))
    assert founder.nc.connected_url is not None
    port = founder.nc.connected_url.port
    hanging = next(node for node in cluster.nodes if node.port == port)
    hanging.pause()
    try:
        async with asyncio.timeout(30):
            await founder.append(event("a", 2, CampaignResumed()), event("b", 1))
        assert len(await founder.load(originator("a"))) == 2
        async with asyncio.timeout(5):
            await founder.close()
    finally:
        hanging.resume()


async def test_much_that_is_sent_to_a_server_that_hangs_holds_up_nobody_for_ever(
    cluster: Cluster,
) -> None:
    """More than the socket takes: who sends waits for the server itself."""
    log = await Log.connect(cluster.url, replicas=3)
    assert log.nc.connected_url is not None
    port = log.nc.connected_url.port
    hanging = next(node for node in cluster.nodes if node.port == port)
    hanging.pause()
    try:
        async with asyncio.timeout(60):
            for _ in range(30):
                await log.nc.send("elsewhere", b"x" * 1_000_000)
                await log.nc.push()
            await log.append(event("a", 1))
        async with asyncio.timeout(5):
            await log.close()
    finally:
        hanging.resume()


async def test_a_node_that_is_missing_at_the_first_start_is_waited_for(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.log.jetstream.waiting.WORD_EVERY_S", 0.5)
    with three(tmp_path, running=2) as cluster:
        connecting = asyncio.create_task(Log.connect(cluster.url, replicas=3))
        while "no suitable peers" not in caplog.text:
            assert not connecting.done(), connecting.exception()
            await asyncio.sleep(0.1)
        cluster.nodes[2].start()
        log = await connecting
        await log.append(event("a", 1))
        await log.close()

"""What the log promises while servers die and connections break."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from services.log import Conflict, Log
from tests.integration.log.cluster import three
from tests.integration.log.proxy import proxied
from tests.integration.log.shelf import event, originator, read
from tests.integration.log.writers import Account, check, write
from tests.nats_servers import NatsServer, started


@pytest.fixture(params=["binary", pytest.param("container", marks=pytest.mark.docker)])
def nats_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NatsServer]:
    """The lock's server, and the published image."""
    with started(tmp_path / "nats", in_container=request.param == "container") as server:
        yield server


Trouble = Callable[[Account], Awaitable[None]]
"""What goes wrong while the writers of an account are at work: after counts, never after times."""
BETWEEN = 200
"""Acknowledged events between one kill and the next."""


def _kills(server: NatsServer, times: int) -> Trouble:
    async def trouble(account: Account) -> None:
        for _ in range(times):
            await account.hears_of(BETWEEN)
            server.kill9()
            await asyncio.sleep(0.2)  # no race: all that writers can meet now is that it is gone
            server.restart()
        await account.hears_of(BETWEEN)

    return trouble


async def _contend(urls: list[str], trouble: Trouble, replicas: int = 1) -> None:
    account, ended = Account(), asyncio.Event()
    logs = [await Log.connect(url, replicas=replicas) for url in urls]
    async with asyncio.TaskGroup() as writers:
        for number, log in enumerate(logs * 4):
            writers.create_task(write(log, account, ended, number))
        await trouble(account)
        ended.set()
    await check(logs[0], account)
    for log in logs:
        await log.close()


async def test_no_acknowledged_event_is_lost_when_the_server_is_killed_again_and_again(
    nats_server: NatsServer,
) -> None:
    await _contend([nats_server.url] * 3, _kills(nats_server, 3))


async def test_a_batch_that_is_cut_in_the_middle_is_stored_whole_and_once(
    nats_server: NatsServer,
) -> None:
    async with proxied(nats_server.port) as proxy:
        log = await Log.connect(f"nats://127.0.0.1:{proxy.port}")
        for round, cut_after in enumerate(range(1000, 60_000, 7000)):
            command = uuid4()
            proxy.cut_after = cut_after
            await log.append(*(event(f"b{round}", n, command=command) for n in range(1, 101)))
        assert proxy.cuts
        events = await read(log)
        assert len({e.id for e in events}) == len(events) == 900
        for round in range(9):
            loaded = await log.load(originator(f"b{round}"))
            assert [e.originator_version for e in loaded] == [*range(1, 101)]
        await log.close()


async def test_a_lost_acknowledgement_is_neither_a_conflict_nor_a_second_append(
    nats_server: NatsServer,
) -> None:
    async with proxied(nats_server.port) as proxy:
        log = await Log.connect(f"nats://127.0.0.1:{proxy.port}")
        other = await Log.connect(nats_server.url)
        stored = 0
        for round, count in enumerate((1, 3, 1, 20)):
            command, id = uuid4(), f"k{round}"
            proxy.swallow_answers = True
            events = [event(id, n, command=command) for n in range(1, count + 1)]
            appending = asyncio.create_task(log.append(*events))
            stored += count
            async for _ in other.follow(0, until=stored):
                pass
            proxy.cut()
            proxy.swallow_answers = False
            last = await appending
            assert [e.sequence for e in await other.load(originator(id))][-1] == last
            with pytest.raises(Conflict):
                await log.append(event(id, 1))
        assert len(await read(other)) == 25
        await log.close()
        await other.close()


async def test_a_follower_misses_nothing_while_its_connection_is_cut(
    nats_server: NatsServer,
) -> None:
    async with proxied(nats_server.port) as proxy:
        log = await Log.connect(f"nats://127.0.0.1:{proxy.port}")
        other = await Log.connect(nats_server.url)
        seen: list[int] = []

        async def watch() -> None:
            async for batch in log.follow(0):
                seen.extend(e.sequence for e in batch.events)
                if batch.position >= 4000:
                    return

        watching = asyncio.create_task(watch())
        for round in range(4):
            await other.append(*(event(f"f{round}", n) for n in range(1, 1001)))
            proxy.cut()
        await watching
        assert seen == [*range(1, 4001)]
        await log.close()
        await other.close()


async def _kill_leaders(folder: Path, kills: int) -> None:
    with three(folder) as cluster:
        watcher = await Log.connect(cluster.url, replicas=3)

        async def trouble(account: Account) -> None:
            for _ in range(kills):
                await account.hears_of(BETWEEN)
                leader = await cluster.leader(watcher.nc)
                leader.kill9()
                await account.hears_of(BETWEEN)  # from the two that are left
                leader.start()
            await account.hears_of(BETWEEN)

        await _contend([cluster.url] * 3, trouble, replicas=3)
        await watcher.close()


async def test_three_nodes_lose_and_double_nothing_while_leaders_are_killed(
    tmp_path: Path,
) -> None:
    await _kill_leaders(tmp_path, 2)


@pytest.mark.soak
async def test_three_nodes_lose_and_double_nothing_through_many_leaders(tmp_path: Path) -> None:
    await _kill_leaders(tmp_path, 20)


@pytest.mark.soak
async def test_no_acknowledged_event_is_lost_through_many_kills(nats_server: NatsServer) -> None:
    await _contend([nats_server.url] * 3, _kills(nats_server, 30))

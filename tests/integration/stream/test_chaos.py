"""Edges, nats-server and clients are killed at random while facts flow; each client, by its
cursor, is told of each fact once and in order."""

import asyncio
import contextlib
import json
import random
import secrets
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from events.fact import Event
from services.accounts import Sessions
from services.accounts.signing_keys import SigningKeys
from services.edge.cursor import Cursor
from services.log import Log, Unavailable
from tests.chance import chance
from tests.integration.stream.clients import SIGNALS
from tests.integration.stream.edges import open_accounts, scored, until
from tests.nats_servers import NatsServer, free_port

CLIENTS = 12


class EdgeProcess:
    """An edge in a process of its own, on a port that it comes back to."""

    def __init__(self, nats_url: str, folder: Path, key: str) -> None:
        self.port = free_port()
        module = "tests.integration.stream.edge_process"
        self._command = [
            sys.executable, "-m", module, nats_url, str(folder), str(self.port), key,
        ]  # fmt: skip
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def bounce(self) -> None:
        self.kill()
        self.start()


def bounce_nats(nats: NatsServer) -> None:
    nats.kill9()
    nats.restart()


class Follower:
    """Comes back with its cursor, to whichever edge answers."""

    def __init__(
        self, edges: list[EdgeProcess], token: str, epoch: str, chance: random.Random
    ) -> None:
        self._edges, self._chance = edges, chance
        self._headers = {"Authorization": f"Bearer {token}"}
        self._cursor = Cursor(epoch, 0).encode()
        self.told: list[int] = []
        self.resets: list[str] = []

    async def run(self) -> None:
        while True:
            with contextlib.suppress(OSError, WebSocketException, TimeoutError):
                await self._follow(self._chance.choice(self._edges).port)
            await asyncio.sleep(0.05)

    async def _follow(self, port: int) -> None:
        url = f"ws://127.0.0.1:{port}/ws?after={self._cursor}"
        patience = self._chance.expovariate(1 / 3)
        async with connect(url, additional_headers=self._headers, close_timeout=0.5) as socket:
            async with asyncio.timeout(patience if self._chance.random() < 0.5 else None):
                async for text in socket:
                    self._take(json.loads(text))

    def _take(self, frame: dict[str, str]) -> None:
        self._cursor = frame["cursor"]
        if frame["type"] == "RESET":
            self.resets.append(str(frame))
        elif frame["type"] not in SIGNALS:
            self.told.append(Cursor.parse(frame["cursor"]).sequence)


class Striker:
    """Kills one of them after every so many facts, while writing goes on."""

    def __init__(self, edges: list[EdgeProcess], nats: NatsServer) -> None:
        self._edges, self._nats = edges, nats
        self._number = 0
        self._striking: asyncio.Future[None] | None = None

    async def strike(self) -> None:
        """Returns at once, unless the one before is still under way."""
        await self.done()
        victim = self._number % 3
        kill = partial(bounce_nats, self._nats) if victim == 2 else self._edges[victim].bounce
        self._striking = asyncio.ensure_future(asyncio.to_thread(kill))
        self._number += 1

    async def done(self) -> None:
        if self._striking is not None:
            await self._striking


async def chaos(nats: NatsServer, folder: Path, facts: int, every: int) -> None:
    """Writes so many facts, and kills something after `every` so many of them."""
    key = secrets.token_hex(32)
    engine = open_accounts(folder)
    token, _ = Sessions(SigningKeys.of([key]), engine, frozenset()).open(
        "u-ada", "acme", "viewer", "fr"
    )
    log = await Log.connect(nats.url)
    epoch = (await log.head()).epoch
    edges = [EdgeProcess(nats.url, folder, key) for _ in range(2)]
    followers = [Follower(edges, token, epoch, chance(f"f{n}")) for n in range(CLIENTS)]
    tasks = [asyncio.create_task(follower.run()) for follower in followers]
    try:
        await _write(log, facts, every, Striker(edges, nats))
        last = (await log.head()).last
        batches = [batch async for batch in log.follow(0, until=last)]
        stored = [event.sequence for batch in batches for event in batch.events]
        await until(lambda: all(len(each.told) >= len(stored) for each in followers))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for edge in edges:
            edge.kill()
        await log.close()
        engine.dispose()
    for follower in followers:
        assert follower.resets == []
        assert follower.told == stored


async def _write(log: Log, facts: int, every: int, striker: Striker) -> None:
    for number in range(1, facts + 1):
        await _append(log, scored("acme", "c-1", number))
        if number % every == 0:
            await striker.strike()
        await asyncio.sleep(0.005)
    await striker.done()


async def _append(log: Log, event: Event) -> None:
    while True:
        try:
            await log.append(event)
            return
        except Unavailable:
            continue


async def test_nothing_is_lost_or_doubled_while_everything_is_killed(
    nats_server: NatsServer, tmp_path: Path
) -> None:
    await chaos(nats_server, tmp_path, facts=1500, every=240)


@pytest.mark.soak
@pytest.mark.timeout(300)
async def test_nothing_is_lost_or_doubled_in_a_long_round_of_kills(
    nats_server: NatsServer, tmp_path: Path
) -> None:
    await chaos(nats_server, tmp_path, facts=24_000, every=500)

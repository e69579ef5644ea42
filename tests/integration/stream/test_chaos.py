"""Edges, nats-server and clients are killed at random while facts flow; each client, by its
cursor, is told of each fact once and in order."""

import asyncio
import contextlib
import itertools
import json
import random
import secrets
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from services.accounts import Sessions
from services.accounts.signing_keys import SigningKeys
from services.edge.cursor import Cursor
from services.log import Log, Unavailable
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

    def __init__(self, edges: list[EdgeProcess], token: str, epoch: str) -> None:
        self._edges, self._epoch = edges, epoch
        self._headers = {"Authorization": f"Bearer {token}"}
        self._cursor = Cursor(epoch, 0).encode()
        self.told: list[int] = []
        self.resets: list[str] = []

    async def run(self) -> None:
        while True:
            with contextlib.suppress(OSError, WebSocketException, TimeoutError):
                await self._follow(random.choice(self._edges).port)
            await asyncio.sleep(0.05)

    async def _follow(self, port: int) -> None:
        url = f"ws://127.0.0.1:{port}/ws?after={self._cursor}"
        patience = random.expovariate(1 / 3)
        async with connect(url, additional_headers=self._headers, close_timeout=0.5) as socket:
            async with asyncio.timeout(patience if random.random() < 0.5 else None):
                async for text in socket:
                    self._take(json.loads(text))

    def _take(self, frame: dict[str, str]) -> None:
        self._cursor = frame["cursor"]
        if frame["type"] == "RESET":
            self.resets.append(str(frame))
        elif frame["type"] not in SIGNALS:
            self.told.append(Cursor.parse(frame["cursor"]).sequence)


@asynccontextmanager
async def killing(edges: list[EdgeProcess], nats: NatsServer, pace: float) -> AsyncIterator[None]:
    async def strike() -> None:
        for number in itertools.count():
            await asyncio.sleep(pace * random.uniform(0.5, 1.5))
            if number % 3 == 2:
                await asyncio.to_thread(bounce_nats, nats)
            else:
                await asyncio.to_thread(edges[number % 2].bounce)

    striking = asyncio.create_task(strike())
    try:
        yield
    finally:
        striking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await striking


async def chaos(nats: NatsServer, folder: Path, seconds: float, pace: float) -> None:
    key = secrets.token_hex(32)
    engine = open_accounts(folder)
    token, _ = Sessions(SigningKeys.of([key]), engine, frozenset()).open(
        "u-ada", "acme", "viewer", "fr"
    )
    log = await Log.connect(nats.url)
    epoch = (await log.head()).epoch
    edges = [EdgeProcess(nats.url, folder, key) for _ in range(2)]
    followers = [Follower(edges, token, epoch) for _ in range(CLIENTS)]
    tasks = [asyncio.create_task(follower.run()) for follower in followers]
    try:
        async with killing(edges, nats, pace):
            await _write(log, seconds)
        last = (await log.head()).last
        batches = [batch async for batch in log.follow(0, until=last)]
        stored = [event.sequence for batch in batches for event in batch.events]
        async with asyncio.timeout(30):
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


async def _write(log: Log, seconds: float) -> None:
    end = time.monotonic() + seconds
    for number in itertools.count():
        event = scored("acme", "c-1", number)
        while True:
            try:
                await log.append(event)
                break
            except Unavailable:
                continue
        if time.monotonic() > end:
            return
        await asyncio.sleep(0.005)


async def test_nothing_is_lost_or_doubled_while_everything_is_killed(
    nats_server: NatsServer, tmp_path: Path
) -> None:
    await chaos(nats_server, tmp_path, seconds=8, pace=1.5)


@pytest.mark.soak
@pytest.mark.timeout(300)
async def test_nothing_is_lost_or_doubled_in_two_minutes_of_kills(
    nats_server: NatsServer, tmp_path: Path
) -> None:
    await chaos(nats_server, tmp_path, seconds=120, pace=3)

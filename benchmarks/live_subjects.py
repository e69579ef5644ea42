"""Live signals on core NATS: FastStream against nats-py's own subscribe and publish, in one run.

The projector tells its position after each commit and each campaign's metrics four times a second;
every edge hears all of them. `python -m benchmarks.live_subjects`
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import nats as nats_py
from faststream.nats import NatsBroker, NatsMessage
from nats.aio.client import Client
from nats.aio.msg import Msg

from benchmarks.eventstore.servers import nats
from benchmarks.report import Row, show

MESSAGES = 5_000
BURST = 500
"""Messages under way at once: more than a second of a large installation's ticks."""
PINGS = 300
ROUNDS = 3
TICK = b"x" * 300
SUBJECT = "filon-live.acme.c-1.metrics"

Heard = Callable[[bytes], None]
Publish = Callable[[bytes], Awaitable[object]]


@asynccontextmanager
async def plain(url: str, heard: Heard) -> AsyncIterator[Publish]:
    """Two nats-py connections: one hears, the other publishes."""
    listener = await nats_py.connect(url, error_cb=_quiet)  # the server may not be there yet
    speaker = await nats_py.connect(url)

    async def take(message: Msg) -> None:
        heard(message.data)

    await listener.subscribe("filon-live.*.*.metrics", cb=take)
    await listener.flush()
    yield lambda data: speaker.publish(SUBJECT, data)
    await _close(listener, speaker)


@asynccontextmanager
async def faststream(url: str, heard: Heard) -> AsyncIterator[Publish]:
    """The same with two brokers, as lean as they can be set."""
    listener, speaker = (NatsBroker(url, apply_types=False, logger=None) for _ in range(2))

    async def raw(message: NatsMessage) -> bytes:
        return message.body

    async def take(data: bytes) -> None:
        heard(data)

    listener.subscriber("filon-live.*.*.metrics", decoder=raw, no_reply=True)(take)
    await listener.start()
    await speaker.start()
    await (await listener.connect()).flush()  # or what is told before is not heard
    yield lambda data: speaker.publish(data, SUBJECT)
    await listener.stop()
    await speaker.stop()


async def _quiet(_: Exception) -> None:
    """Connecting is tried again."""


async def _close(*clients: Client) -> None:
    for client in clients:
        await client.close()


Face = Callable[[str, Heard], AbstractAsyncContextManager[Publish]]


async def measure(url: str, face: Face) -> tuple[float, float]:
    """CPU microseconds for a message told and heard, and milliseconds until one alone is heard."""
    count, arrived = 0, asyncio.Event()

    def heard(_: bytes) -> None:
        nonlocal count
        count += 1
        arrived.set()

    async def until(wanted: int) -> None:
        while count < wanted:
            arrived.clear()
            await arrived.wait()

    async with face(url, heard) as publish:
        began = time.process_time()
        for told in range(BURST, MESSAGES + 1, BURST):
            for _ in range(BURST):
                await publish(TICK)
            await until(told)
        cpu_us = (time.process_time() - began) / MESSAGES * 1e6
        waits = []
        for ping in range(1, PINGS + 1):
            at = time.perf_counter()
            await publish(TICK)
            await until(MESSAGES + ping)
            waits.append((time.perf_counter() - at) * 1000)
    return cpu_us, statistics.median(waits)


def main() -> None:
    faces: dict[str, Face] = {"nats-py": plain, "FastStream": faststream}
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in faces}
    with tempfile.TemporaryDirectory() as folder, nats(Path(folder), durable=False) as url:
        for _ in range(ROUNDS):
            for name, face in faces.items():
                found[name].append(asyncio.run(measure(url, face)))
    middle = {
        name: [statistics.median(column) for column in zip(*rounds, strict=True)]
        for name, rounds in found.items()
    }
    (theirs_us, theirs_ms), (ours_us, ours_ms) = middle["nats-py"], middle["FastStream"]
    show(
        "live-subjects",
        [
            Row(
                "CPU for a signal told and heard",
                f"FastStream {ours_us:.0f} µs, nats-py {theirs_us:.0f} µs",
                f"{ours_us / theirs_us:.1f} times; at most 1.5",
                ours_us <= 1.5 * theirs_us,
            ),
            Row(
                "until one signal is heard",
                f"FastStream {ours_ms:.2f} ms, nats-py {theirs_ms:.2f} ms",
                f"{ours_ms / theirs_ms:.1f} times; at most 1.5",
                ours_ms <= 1.5 * theirs_ms,
            ),
        ],
    )


if __name__ == "__main__":
    main()

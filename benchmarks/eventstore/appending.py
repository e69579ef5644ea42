"""Appending: one writer, a hundred, and large commands."""

import asyncio
from uuid import uuid4

from benchmarks.eventstore.events import found
from benchmarks.eventstore.raw import Raw, prepared
from benchmarks.eventstore.timing import in_turns
from benchmarks.report import Row
from services.log import Log

CONCURRENT, COMMANDS = 100, 3000
SEQUENTIAL = 500
LARGE, LARGE_TIMES = 500, 10


async def measure(url: str) -> list[Row]:
    log, raw = await Log.connect(url), await Raw.connect(url)
    rows = [await _concurrent(log, raw), await _one_writer(log, raw), await _large(log, raw)]
    await log.close()
    await raw.close()
    return rows


async def _concurrent(log: Log, raw: Raw) -> Row:
    rounds = [[found(f"p1-{uuid4().hex}")[0] for _ in range(COMMANDS)] for _ in range(12)]
    ready = [[prepared(event) for event in events] for events in rounds[6:]]

    async def ours(_: int) -> None:
        waiting = rounds.pop(0)

        async def worker() -> None:
            while waiting:
                await log.append(waiting.pop())

        await asyncio.gather(*(worker() for _ in range(CONCURRENT)))

    async def theirs(_: int) -> None:
        waiting = ready.pop()

        async def worker() -> None:
            while waiting:
                await raw.append(waiting.pop())

        await asyncio.gather(*(worker() for _ in range(CONCURRENT)))

    mine, other, ratio = await in_turns(ours, theirs)
    return _row("append 1 event, 100 at once", COMMANDS, mine, other, ratio, 2)


async def _one_writer(log: Log, raw: Raw) -> Row:
    rounds = [[found(f"p1-{uuid4().hex}")[0] for _ in range(SEQUENTIAL)] for _ in range(12)]
    ready = [[prepared(event) for event in events] for events in rounds[6:]]

    async def ours(_: int) -> None:
        for event in rounds.pop(0):
            await log.append(event)

    async def theirs(_: int) -> None:
        for message in ready.pop():
            await raw.append(message)

    mine, other, ratio = await in_turns(ours, theirs)
    return _row("append 1 event, one writer", SEQUENTIAL, mine, other, ratio, 0.6)


async def _large(log: Log, raw: Raw) -> Row:
    commands = [found(f"p1-{uuid4().hex}", count=LARGE) for _ in range(12 * LARGE_TIMES)]
    ready = [
        [prepared(event, first=number == 0) for number, event in enumerate(events)]
        for events in commands[6 * LARGE_TIMES :]
    ]

    async def ours(_: int) -> None:
        for _ in range(LARGE_TIMES):
            await log.append(*commands.pop(0))

    async def theirs(_: int) -> None:
        for _ in range(LARGE_TIMES):
            await raw.append_batch(ready.pop())

    mine, other, ratio = await in_turns(ours, theirs)
    return _row("append 500 events at once", LARGE * LARGE_TIMES, mine, other, ratio, 0.7)


def _row(work: str, events: int, mine: float, other: float, ratio: float, reach: float) -> Row:
    measured = f"{ratio:.2f} × raw: {events / mine:,.0f}/s against {events / other:,.0f}/s"
    return Row(work, measured, f"≥ {reach} × raw nats-py", ratio >= reach)

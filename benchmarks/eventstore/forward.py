"""Reading the whole log forward: how fast, and in how much memory."""

import asyncio
import multiprocessing
import os
from pathlib import Path
from uuid import uuid4

from benchmarks.eventstore.events import found
from benchmarks.eventstore.raw import Raw, prepared
from benchmarks.eventstore.timing import in_turns
from benchmarks.report import Row
from services.log import Log

READ, ALL = 200_000, 1_000_000
MOST_MEGABYTES = 150


async def measure(url: str) -> Row:
    log, raw = await Log.connect(url), await Raw.connect(url)
    await fill(raw, READ - (await log.head()).last)

    async def ours(_: int) -> None:
        came = 0
        async for batch in log.follow(0, until=READ):
            came += len(batch.events)
        assert came == READ

    async def theirs(_: int) -> None:
        assert await raw.read(READ) == READ

    mine, other, ratio = await in_turns(ours, theirs, rounds=3)
    await log.close()
    await raw.close()
    measured = f"{ratio:.2f} × raw: {READ / mine:,.0f}/s against {READ / other:,.0f}/s"
    return Row("read 200,000 events as facts", measured, "≥ 0.5 × raw ordered", ratio >= 0.5)


async def measure_memory(url: str) -> Row:
    """In a process of its own, after a fifth of the log and at its end."""
    log, raw = await Log.connect(url), await Raw.connect(url)
    await fill(raw, ALL - (await log.head()).last)
    await log.close()
    await raw.close()
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        early, late = await asyncio.to_thread(pool.apply, _read_all, (url,))
    flat = late < MOST_MEGABYTES and late - early < 10
    measured = f"{early:.0f} MB after 200,000, {late:.0f} MB at the end"
    return Row("read 1,000,000 events", measured, f"flat, under {MOST_MEGABYTES} MB", flat)


async def fill(raw: Raw, missing: int) -> None:
    """Appends so many events, a thousand at a time; exactly as many as are missing."""
    while missing > 0:
        size = min(1000, missing)
        events = found(f"p1-{uuid4().hex}", count=size)
        if size == 1:
            await raw.append(prepared(events[0]))
        else:
            await raw.append_batch([prepared(e, first=n == 0) for n, e in enumerate(events)])
        missing -= size


def _read_all(url: str) -> tuple[float, float]:
    return asyncio.run(_peaks(url))


async def _peaks(url: str) -> tuple[float, float]:
    """Megabytes resident at most, looked at after every batch: what the kernel calls a process's
    peak may be its parent's."""
    log = await Log.connect(url)
    early = peak = 0.0
    async for batch in log.follow(0, until=ALL):
        peak = max(peak, _resident())
        if not early and batch.position >= READ:
            early = peak
    await log.close()
    return early, peak


def _resident() -> float:
    """Megabytes, now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

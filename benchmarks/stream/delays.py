"""How soon: from a decision to the frame, after an absence, after a restart."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from nats.js.api import AckPolicy, ConsumerConfig

from benchmarks.report import Row
from benchmarks.stream import publishing
from benchmarks.stream.load import Spec
from benchmarks.stream.rig import Load, Process, edge, nats, percentile, total
from services.edge.cursor import Cursor
from services.log import Log

CAMPAIGNS = 20
MISSED = 10_000
BACK_AT_ONCE, BACK_MISSED = 1000, 500


def latency(folder: Path) -> list[Row]:
    """From the decision of a fact, before its append, to its frame at the client."""
    with nats(folder) as (url, _), edge("filon", url, folder) as server:
        asyncio.run(_create_campaigns(url))
        idle = _latencies(server, 1, lambda: publishing.paced(url, 100, 0.05, CAMPAIGNS))
        busy = _latencies(server, 1000, lambda: publishing.paced(url, 2000, 0.005, CAMPAIGNS))
    return [
        _latency_row("decision to frame, idle", idle),
        _latency_row("the same at 200/s, 1,000 connections on 20 campaigns", busy),
    ]


async def _create_campaigns(url: str) -> None:
    """A subscription names a campaign that exists."""
    log = await Log.connect(url)
    await log.append(*(publishing.created(f"c-load{number}") for number in range(CAMPAIGNS)))
    await log.close()


def _latencies(
    server: Process, connections: int, publish: Callable[[], list[float]]
) -> tuple[list[float], list[float]]:
    """Of the frames, and of the appends that they began with."""
    queries = [f"?campaignId=c-load{number}" for number in range(CAMPAIGNS)]
    chosen = queries if connections > 1 else []
    spec = Spec("ws", server.port, connections, server.token, queries=chosen, timed=True)
    load = Load(spec, processes=min(2, connections))
    load.ready()
    time.sleep(1)
    appends = publish()
    time.sleep(1)
    return total(load.finish(), "latencies"), appends


def _latency_row(work: str, measured: tuple[list[float], list[float]]) -> Row:
    latencies, appends = measured
    half, most = percentile(latencies, 0.5), percentile(latencies, 0.99)
    durable = f"{percentile(appends, 0.5):.1f} and {percentile(appends, 0.99):.1f}"
    words = f"p50 {half:.1f} ms, p99 {most:.1f} ms; durable appends alone {durable}"
    return Row(work, words, "p50 ≤ 10 ms, p99 ≤ 50 ms", half <= 10 and most <= 50)


def catch_up(folder: Path) -> list[Row]:
    """A client back after 10,000 facts, from the ring and from the log, against a raw read."""
    with nats(folder) as (url, _):
        publishing.flooded(url, MISSED)
        raw, epoch = asyncio.run(_raw_read(url))
        with edge("filon", url, folder, preload=0, ring_items=10) as server:
            from_log = _catch_up(server, epoch)
        with edge("filon", url, folder, preload=MISSED) as server:
            from_ring = _catch_up(server, epoch)
    return [
        Row("raw read of 10,000 facts from the log", f"{raw * 1000:.0f} ms", "baseline", True),
        _catch_up_row("a client back after 10,000, from the log", from_log, raw),
        _catch_up_row("the same within the ring", from_ring, raw),
    ]


async def _raw_read(url: str) -> tuple[float, str]:
    """The best of three, with nats-py's own pull consumer; nothing is decoded."""
    log = await Log.connect(url)
    head = await log.head()
    context = log.nc.jetstream()
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        config = ConsumerConfig(ack_policy=AckPolicy.NONE)
        consumer = await context.pull_subscribe("filon.>", stream="FILON", config=config)
        read = 0
        while read < MISSED:
            read += len(await consumer.fetch(500))
        best = min(best, time.perf_counter() - began)
    await log.close()
    return best, head.epoch


def _catch_up(server: Process, epoch: str) -> float:
    """Seconds from the connection's opening to the last frame, the best of three."""
    query = f"?after={Cursor(epoch, 0).encode()}"
    best = float("inf")
    for _ in range(3):
        load = Load(Spec("ws", server.port, 1, server.token, query), processes=1)
        load.ready()
        (counted,) = load.finish()
        assert counted.messages == MISSED, counted.messages
        best = min(best, counted.last - counted.opened)
    return best


def _catch_up_row(work: str, seconds: float, raw: float) -> Row:
    words = f"{seconds * 1000:.0f} ms, {seconds / raw:.1f}× raw"
    return Row(work, words, "≤ 3×", seconds <= 3 * raw)


def storm(folder: Path) -> list[Row]:
    """1,000 clients come back to a restarted edge while a second edge serves others."""
    with nats(folder) as (url, _):
        publishing.flooded(url, BACK_MISSED + 200)
        last, epoch = asyncio.run(_head(url))
        query = f"?after={Cursor(epoch, last - BACK_MISSED).encode()}"
        with edge("filon", url, folder) as other, edge("filon", url, folder) as restarted:
            others = Load(Spec("ws", other.port, 200, other.token, timed=True), processes=1)
            others.ready()
            spec = Spec("ws", restarted.port, BACK_AT_ONCE, restarted.token, query, at_once=1000)
            with _publishing(url):
                cpu = restarted.cpu()
                back = Load(spec, processes=1)
                back.ready()
                cpu = restarted.cpu() - cpu
            counted = back.finish()
            latencies: list[float] = total(others.finish(), "latencies")
    level = max(total(counted, "levels")) - min(each.opened for each in counted)
    worst = percentile(latencies, 0.99)
    work = f"{BACK_AT_ONCE:,} back at once, {BACK_MISSED} missed each: all level"
    return [
        Row(work, f"{level:.1f} s, {cpu:.1f} CPU-s", "≤ 10 s", level <= 10),
        Row("live latency of others meanwhile, p99", f"{worst:.0f} ms", "< 250 ms", worst < 250),
    ]


async def _head(url: str) -> tuple[int, str]:
    log = await Log.connect(url)
    head = await log.head()
    await log.close()
    return head.last, head.epoch


@contextmanager
def _publishing(url: str) -> Iterator[None]:
    """50 facts a second for a while, from a thread of its own."""
    thread = Thread(target=publishing.paced, args=(url, 500, 0.02))
    thread.start()
    yield
    thread.join()

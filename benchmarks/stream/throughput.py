"""Deliveries per CPU-second of the serving process, to 500 connections."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.report import Row
from benchmarks.stream import publishing
from benchmarks.stream.load import Spec
from benchmarks.stream.rig import Load, Process, edge, nats, total

CONNECTIONS = 500
PACED = 200
"""Events, one every 20 ms."""
INTERVAL = 0.02


class Measured(NamedTuple):
    """What one server did in one run."""

    rate: float
    """Deliveries per CPU-second."""
    complete: bool
    """Whether every message arrived on every connection."""
    generators: float
    """Share of one core that the busiest generator took."""
    size: float
    """Bytes of one delivery."""

    def __str__(self) -> str:
        note = "" if self.complete else " INCOMPLETE"
        return f"{self.rate / 1000:,.0f}k/CPU-s{note}"


def measure(folder: Path) -> list[Row]:
    with nats(folder) as (url, listener):
        with edge("naive", url, folder) as server:
            naive = _run(server, "deflate", PACED, lambda: _pace(url))
        with edge("filon", url, folder) as server:
            paced = _run(server, "ws", PACED, lambda: _pace(url))
            frames = _run(server, "ws", 8000, lambda: publishing.flooded(url, 8000))
            batch = _run(server, "batch", 20000, lambda: publishing.flooded(url, 20000))
            sse = _run(server, "sse", 20000, lambda: publishing.flooded(url, 20000))
        own = _run(listener, "nats", PACED, lambda: publishing.core(url, PACED, INTERVAL))
        flood = _run(listener, "nats", 8000, lambda: publishing.core(url, 8000, 0, 100))
    return _rows(naive, paced, frames, batch, sse, own, flood)


def _pace(url: str) -> None:
    publishing.paced(url, PACED, INTERVAL)


def _run(server: Process, kind: str, events: int, publish: Callable[[], None]) -> Measured:
    spec = Spec(kind, server.port, CONNECTIONS, token="" if kind == "nats" else server.token)
    load = Load(spec)
    load.ready()
    time.sleep(1)
    cpu, began = server.cpu(), time.monotonic()
    publish()
    _settle(server)
    cpu, seconds = server.cpu() - cpu, time.monotonic() - began
    counted = load.finish()
    arrived = total(counted, "messages")
    return Measured(
        arrived / cpu,
        arrived == events * CONNECTIONS,
        max(each.cpu for each in counted) / seconds,
        total(counted, "bytes") / max(1, arrived),
    )


def _settle(server: Process) -> None:
    """Until the server rests."""
    before = -1.0
    while (now := server.cpu()) - before > 0.02:
        before = now
        time.sleep(0.5)


def _rows(*runs: Measured) -> list[Row]:
    naive, paced, frames, batch, sse, own, flood = runs
    return [
        Row("naive send_json loop, paced", str(naive), "the baseline", True),
        _against("one frame per event, paced", paced, naive, 4, "naive"),
        _against("one frame per event, flooded", frames, naive, 4, "naive"),
        _against("batch sub-protocol, flooded", batch, naive, 20, "naive"),
        _against("server-sent events, flooded", sse, naive, 20, "naive"),
        Row("nats-server's own WebSocket, paced", str(own), "the baseline", True),
        Row("nats-server's own WebSocket, flooded", str(flood), "the baseline", True),
        _against("one frame per event, paced, again", paced, own, 1.5, "nats-server"),
        _against("batch sub-protocol, flooded, again", batch, flood, 1.5, "nats-server"),
        Row(
            "busiest generator's share of a core",
            f"{max(each.generators for each in runs):.0%}",
            "all arrived, so it was no bottleneck",
            all(each.complete for each in runs),
        ),
    ]


def _against(work: str, ours: Measured, theirs: Measured, reach: float, whose: str) -> Row:
    ratio = ours.rate / theirs.rate
    words = f"{ours}, {ratio:.1f}× {whose}, {ours.size:.0f} B"
    return Row(work, words, f"≥ {reach:g}×", ratio >= reach and ours.complete)

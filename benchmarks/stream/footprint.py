"""What 5,000 idle connections take."""

import time
from pathlib import Path

from benchmarks.report import Row
from benchmarks.stream.load import Spec
from benchmarks.stream.rig import Load, edge, nats

CONNECTIONS = 5000


def measure(folder: Path) -> list[Row]:
    with nats(folder) as (url, _):
        return [_footprint(url, folder, "ws", 30), _footprint(url, folder, "sse", 15)]


def _footprint(url: str, folder: Path, kind: str, reach: int) -> Row:
    with edge("filon", url, folder, attempts=CONNECTIONS) as server:
        warm = Load(Spec(kind, server.port, 200, server.token), processes=1)
        warm.ready()
        before = server.memory()
        load = Load(Spec(kind, server.port, CONNECTIONS, server.token))
        load.ready()
        time.sleep(2)
        each = (server.memory() - before) / CONNECTIONS / 1024
        for one in (load, warm):
            one.finish()
    work = f"memory of one of {CONNECTIONS:,} idle connections, {kind}"
    return Row(work, f"{each:.1f} KiB", f"≤ {reach} KB", each <= reach)

"""The event stream: deliveries per CPU-second, latency, replay, memory.

    python -m benchmarks.edge [throughput|commands|latency|catch-up|storm|memory]…

CPU is that of the serving process alone, read from the kernel, so that what the generators take
does not count; whether they kept up is checked by what arrived: every message, on every socket.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.report import Row, show
from benchmarks.stream import commands, delays, footprint, throughput

PARTS = {
    "throughput": throughput.measure,
    "commands": commands.measure,
    "latency": delays.latency,
    "catch-up": delays.catch_up,
    "storm": delays.storm,
    "memory": footprint.measure,
}


def main(chosen: Sequence[str] = ()) -> None:
    rows: list[Row] = []
    for name in chosen or list(PARTS):
        with tempfile.TemporaryDirectory() as folder:
            rows += PARTS[name](Path(folder))
    show("edge", rows)


if __name__ == "__main__":
    main(sys.argv[1:])

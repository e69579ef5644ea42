"""The log against raw nats-py and PostgreSQL, each pair in one run; what writes is durable.

python -m benchmarks.log [append|library|commands|load|forward|memory]…
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks.eventstore import appending, commands, forward, library, loading
from benchmarks.eventstore.servers import nats
from benchmarks.report import Row, show


def main(chosen: list[str] | None = None) -> None:
    rows: list[Row] = []
    for name in chosen or list(PARTS):
        durable = name not in READ_ONLY
        with tempfile.TemporaryDirectory() as folder, nats(Path(folder), durable=durable) as url:
            rows += PARTS[name](url, Path(folder))
    show("log", rows)


def _append(url: str, _: Path) -> list[Row]:
    return asyncio.run(appending.measure(url))


def _load(url: str, _: Path) -> list[Row]:
    return asyncio.run(loading.measure(url))


def _commands(url: str, _: Path) -> list[Row]:
    return asyncio.run(commands.measure(url))


def _forward(url: str, _: Path) -> list[Row]:
    return [asyncio.run(forward.measure(url))]


def _memory(url: str, _: Path) -> list[Row]:
    return [asyncio.run(forward.measure_memory(url))]


PARTS = {
    "append": _append,
    "library": library.measure,
    "commands": _commands,
    "load": _load,
    "forward": _forward,
    "memory": _memory,
}

READ_ONLY = {"forward", "memory"}
"""Their logs are long: filling them need not wait for the disk."""

if __name__ == "__main__":
    main(sys.argv[1:])

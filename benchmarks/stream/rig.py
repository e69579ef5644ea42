"""Processes of one measurement: a NATS server, a server under test, and the load."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.stream.load import Counted, Spec
from tests.nats_servers import _await_info, free_port, nats_binary

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Process:
    """A server whose CPU time and memory are read from the kernel."""

    pid: int
    port: int
    folder: Path

    def cpu(self) -> float:
        """Seconds, user and system."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    def memory(self) -> int:
        """Bytes resident."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * _PAGE

    @property
    def token(self) -> str:
        return (self.folder / f"token-{self.port}").read_text()


@contextmanager
def nats(folder: Path) -> Iterator[tuple[str, Process]]:
    """A durable server with its own WebSocket listener, whose port is the process's."""
    port, ws = free_port(), free_port()
    config = folder / "nats.conf"
    config.write_text(
        f"listen: 127.0.0.1:{port}\n"
        f"jetstream {{ store_dir: {folder / 'nats'}, sync_interval: always }}\n"
        f"websocket {{ listen: 127.0.0.1:{ws}, no_tls: true }}\n"
    )
    with (folder / "nats.log").open("ab") as log:
        server = subprocess.Popen([nats_binary(), "-c", str(config)], stdout=log, stderr=log)
    try:
        _await_info(port, (folder / "nats.log").read_text)
        yield f"nats://127.0.0.1:{port}", Process(server.pid, ws, folder)
    finally:
        server.terminate()
        server.wait()


@contextmanager
def edge(kind: str, nats_url: str, folder: Path, **settings: int) -> Iterator[Process]:
    """`filon` or `naive`, listening."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.stream.server", kind, nats_url, str(port)]
    server = subprocess.Popen([*command, str(folder), json.dumps(settings)])
    try:
        _await_listening(port)
        yield Process(server.pid, port, folder)
    finally:
        server.kill()
        server.wait()


def _await_listening(port: int) -> None:
    import socket

    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(f"nothing listens on {port}")


class Load:
    """Load generators, each a process."""

    def __init__(self, spec: Spec, processes: int = 2) -> None:
        self._children = []
        for index in range(processes):
            share = spec.connections // processes + (index < spec.connections % processes)
            own = json.dumps(asdict(spec) | {"connections": share})
            command = [sys.executable, "-m", "benchmarks.stream.load", own]
            self._children.append(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            )
        self.began = time.time()

    def ready(self) -> None:
        for child in self._children:
            assert child.stdout is not None
            line = child.stdout.readline()
            assert line == b"ready\n", line

    def finish(self) -> list[Counted]:
        """What each process counted."""
        return [Counted(**json.loads(child.communicate()[0])) for child in self._children]


def total(counted: list[Counted], name: str) -> Any:
    values = [getattr(each, name) for each in counted]
    return sorted(chain(*values)) if isinstance(values[0], list) else sum(values)


def percentile(values: list[float], share: float) -> float:
    """Of sorted values."""
    return values[min(len(values) - 1, int(len(values) * share))] if values else float("nan")

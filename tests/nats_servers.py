"""A JetStream server for one test: the binary of the lock, or a container."""

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from testcontainers.core.container import DockerContainer

IMAGE = "nats:2.15"
READY_WITHIN_S = 150.0
"""Seconds, on a machine that is busy with other tests."""


class NatsServer(Protocol):
    """A server of one test's own, that the test may kill and bring back."""

    url: str
    port: int
    store_dir: Path

    @property
    def pid(self) -> int:
        """The server process on this machine."""
        ...

    def kill9(self) -> None:
        """Kill it as a power cut would; `restart` brings it back with what it stored."""
        ...

    def restart(self) -> None:
        """Start it again on the same port and store; returns once it listens."""
        ...

    def stop(self) -> None: ...


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def nats_binary() -> str:
    """The `nats-server` that was installed beside this Python, else the one on the path."""
    beside = Path(sys.executable).with_name("nats-server")
    return str(beside) if beside.exists() else shutil.which("nats-server") or "nats-server"


class LocalServer:
    """The binary, as a child of the tests."""

    def __init__(self, store_dir: Path) -> None:
        self.store_dir = store_dir
        self.port = free_port()
        self.url = f"nats://127.0.0.1:{self.port}"
        self._log = store_dir.with_name(f"{store_dir.name}.log")
        self.restart()

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill9(self) -> None:
        self._process.kill()
        self._process.wait()

    def restart(self) -> None:
        arguments = ["-js", "-sd", str(self.store_dir), "-a", "127.0.0.1", "-p", str(self.port)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen([nats_binary(), *arguments], stdout=log, stderr=log)
        _await_info(self.port, lambda: self._log.read_text(errors="replace"))

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait()


class ContainerServer:
    """The published image, on a fixed port so that it comes back where it was."""

    def __init__(self, store_dir: Path) -> None:
        self.store_dir = store_dir
        self.port = free_port()
        self.url = f"nats://127.0.0.1:{self.port}"
        self._container = (
            DockerContainer(IMAGE)
            .with_command("-js -sd /data")
            .with_bind_ports(4222, self.port)
            .with_volume_mapping(str(store_dir), "/data", "rw")
        )
        store_dir.mkdir(parents=True, exist_ok=True)
        self._container.start()
        _await_info(self.port, self._logs)

    @property
    def pid(self) -> int:
        container = self._container.get_wrapped_container()
        container.reload()
        return int(container.attrs["State"]["Pid"])

    def kill9(self) -> None:
        container = self._container.get_wrapped_container()
        container.kill("SIGKILL")
        container.wait()

    def restart(self) -> None:
        self._container.get_wrapped_container().start()
        _await_info(self.port, self._logs)

    def stop(self) -> None:
        self._container.stop()

    def _logs(self) -> str:
        return str(self._container.get_wrapped_container().logs())


@contextmanager
def started(store_dir: Path, *, in_container: bool) -> Iterator[NatsServer]:
    """A fresh server, stopped at the end whether or not the test killed it."""
    server: NatsServer = ContainerServer(store_dir) if in_container else LocalServer(store_dir)
    try:
        yield server
    finally:
        server.stop()


def _await_info(port: int, log: Callable[[], str]) -> None:
    """A NATS server speaks first; a Docker proxy that has no server behind it yet does not."""
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                if connection.recv(4) == b"INFO":
                    return
        except OSError:
            time.sleep(0.005)
    raise TimeoutError(f"no nats-server on port {port}:\n{log()}")

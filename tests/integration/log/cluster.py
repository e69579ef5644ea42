"""Three nats-servers on loopback, each of which a test may kill and bring back."""

import asyncio
import json
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from nats.aio.client import Client
from nats.errors import Error

from tests.nats_servers import free_port, nats_binary

CONFIGURATION = """\
server_name: {name}
host: 127.0.0.1
port: {port}
jetstream {{ store_dir: {store} }}
cluster {{ name: three, host: 127.0.0.1, port: {route}, routes: [{routes}] }}
"""


class Node:
    """One server of the cluster."""

    def __init__(self, name: str, folder: Path, port: int) -> None:
        self.name, self.port = name, port
        self.store = folder / name
        self._configuration = folder / f"{name}.conf"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def started(self) -> bool:
        return self._process is not None

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def configure(self, route: int, routes: list[int]) -> None:
        self._configuration.write_text(
            CONFIGURATION.format(
                name=self.name,
                port=self.port,
                store=json.dumps(str(self.store)),
                route=route,
                routes=", ".join(f"nats://127.0.0.1:{port}" for port in routes),
            )
        )

    def start(self) -> None:
        log = self._configuration.with_suffix(".log").open("ab")
        with log:
            self._process = subprocess.Popen(
                [nats_binary(), "-c", str(self._configuration)], stdout=log, stderr=log
            )

    def stop(self) -> None:
        """In order: it writes a snapshot of its state and compacts its Raft logs."""
        assert self._process is not None
        self._process.terminate()
        self._process.wait()

    def kill9(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def pause(self) -> None:
        """It keeps its connections and answers nobody."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    @asynccontextmanager
    async def slowed(self) -> AsyncIterator[None]:
        """It runs for a moment and stands still for longer, so that it lags behind and answers."""

        async def stutter() -> None:
            while True:
                self.pause()
                await asyncio.sleep(0.06)
                self.resume()
                await asyncio.sleep(0.02)

        stuttering = asyncio.create_task(stutter())
        try:
            yield
        finally:
            stuttering.cancel()
            self.resume()


class Cluster:
    """Three nodes; `url` names them all."""

    def __init__(self, folder: Path, running: int = 3) -> None:
        ports = {free_port() for _ in range(20)}
        routes = [ports.pop() for _ in range(3)]
        self.nodes = [Node(f"n{i}", folder, ports.pop()) for i in range(3)]
        self.url = ",".join(node.url for node in self.nodes)
        for node, route in zip(self.nodes, routes, strict=True):
            known = routes if node not in self.nodes[:running] else routes[:running]
            node.configure(route, known)
        for node in self.nodes[:running]:
            node.start()

    async def leader(self, nc: Client, stream: str = "FILON") -> Node:
        """The node that leads the stream; waits until one does."""
        while True:
            try:
                reply = await nc.request(f"$JS.API.STREAM.INFO.{stream}", b"", timeout=1)
            except (Error, OSError):
                await asyncio.sleep(0.1)
                continue
            name = json.loads(reply.data).get("cluster", {}).get("leader")
            for node in self.nodes:
                if node.name == name:
                    return node
            await asyncio.sleep(0.1)

    async def follower(self, nc: Client, stream: str = "FILON") -> Node:
        """One that does not lead the stream, nor serves this connection."""
        leader = await self.leader(nc, stream)
        assert nc.connected_url is not None
        own = (leader.port, nc.connected_url.port)
        return next(node for node in self.nodes if node.port not in own)

    def stop(self) -> None:
        for node in self.nodes:
            if node.started:
                node.kill9()


@contextmanager
def three(folder: Path, running: int = 3) -> Iterator[Cluster]:
    """`running` of them from the beginning, which know of no others."""
    cluster = Cluster(folder, running)
    try:
        yield cluster
    finally:
        cluster.stop()

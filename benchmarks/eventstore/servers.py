"""The servers that are measured."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.nats_servers import free_port, nats_binary
from tests.postgres_servers import NoPostgreSQL, installed

__all__ = ["NoPostgreSQL", "nats", "postgresql"]

CONFIGURATION = """\
host: 127.0.0.1
port: {port}
jetstream {{ store_dir: "{store}", sync_interval: {sync} }}
"""


@contextmanager
def nats(folder: Path, *, durable: bool = True) -> Iterator[str]:
    """Its URL. Durable: acknowledged means on the disk."""
    port = free_port()
    configuration = folder / "nats.conf"
    sync = "always" if durable else "2m"
    configuration.write_text(CONFIGURATION.format(port=port, store=folder / "store", sync=sync))
    with _served([nats_binary(), "-c", str(configuration)]):
        yield f"nats://127.0.0.1:{port}"


@contextmanager
def postgresql() -> Iterator[dict[str, str]]:
    """The library's environment for it; fsync is on, as it is by default. Raises `NoPostgreSQL`."""
    with installed() as port:
        yield {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": "postgres",
            "POSTGRES_HOST": "127.0.0.1",
            "POSTGRES_PORT": str(port),
            "POSTGRES_USER": "filon",
            "POSTGRES_PASSWORD": "trusted",
        }


@contextmanager
def _served(command: list[str]) -> Iterator[None]:
    with subprocess.Popen(
        command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            yield
        finally:
            server.send_signal(signal.SIGINT)

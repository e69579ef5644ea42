"""The servers that are measured."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.nats_servers import free_port, nats_binary

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
    with _served([nats_binary(), "-c", str(configuration)], None):
        yield f"nats://127.0.0.1:{port}"


class NoPostgreSQL(Exception):
    """PostgreSQL is not on this machine: apt-get install postgresql."""


@contextmanager
def postgresql(folder: Path) -> Iterator[dict[str, str]]:
    """The library's environment for it; fsync is on, as it is by default."""
    binaries = _binaries()
    port, data = free_port(), folder / "pg"
    data.mkdir()
    user = "postgres" if os.getuid() == 0 else None
    if user is not None:
        folder.chmod(0o755)
        shutil.chown(data, user)
    initialise = [str(binaries / "initdb"), "-D", str(data), "-U", "filon", "-A", "trust"]
    subprocess.run(initialise, check=True, user=user, cwd="/", stdout=subprocess.DEVNULL)
    serve = [str(binaries / "postgres"), "-D", str(data), "-p", str(port), "-h", "127.0.0.1"]
    with _served([*serve, "-k", str(data)], user):
        _await(binaries, port)
        yield {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": "postgres",
            "POSTGRES_HOST": "127.0.0.1",
            "POSTGRES_PORT": str(port),
            "POSTGRES_USER": "filon",
            "POSTGRES_PASSWORD": "trusted",
        }


@contextmanager
def _served(command: list[str], user: str | None) -> Iterator[None]:
    with subprocess.Popen(
        command, user=user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            yield
        finally:
            server.send_signal(signal.SIGINT)


def _binaries() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    found = shutil.which("postgres")
    if installed:
        return installed[-1].parent
    if found:
        return Path(found).parent
    raise NoPostgreSQL(NoPostgreSQL.__doc__)


def _await(binaries: Path, port: int) -> None:
    ready = [str(binaries / "pg_isready"), "-h", "127.0.0.1", "-p", str(port), "-q"]
    for _ in range(300):
        if subprocess.call(ready) == 0:
            return
        time.sleep(0.1)
    raise TimeoutError("PostgreSQL does not start")

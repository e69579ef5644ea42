"""One PostgreSQL server for a session of tests, and a database of its own for each test.

In a container where a Docker engine answers, else by the PostgreSQL that is installed.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from testcontainers.core.container import DockerContainer

from tests.nats_servers import free_port

IMAGE = "postgres:15"
READY_WITHIN_S = 150.0
"""On a machine that is busy with other tests."""
UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""Settings of a server whose data nobody wants back."""


class PostgresServer:
    """A running server; each `database` is fresh."""

    def __init__(self, url: str) -> None:
        self.url = url
        """Without the name of a database."""
        self._number = count(1)

    @contextmanager
    def database(self) -> Iterator[str]:
        """Its URL; it is gone afterwards, whoever is still connected."""
        name = f"test_{next(self._number)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY file_copy")
        try:
            yield f"{self.url}/{name}"
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with psycopg.connect(f"{self.url}/postgres", autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def started(*, in_container: bool) -> Iterator[PostgresServer]:
    """A server that is as fast as it can be, and survives no power cut."""
    if in_container:
        with _in_container() as url:
            yield PostgresServer(url)
    else:
        with installed(UNSAFE) as port:
            yield PostgresServer(f"postgresql://filon@127.0.0.1:{port}")


@contextmanager
def _in_container() -> Iterator[str]:
    port = free_port()
    container = (
        DockerContainer(IMAGE)
        .with_env("POSTGRES_USER", "filon")
        .with_env("POSTGRES_HOST_AUTH_METHOD", "trust")
        .with_command(["postgres", *(part for each in UNSAFE for part in ("-c", each))])
        .with_bind_ports(5432, port)
    )
    with container:
        url = f"postgresql://filon@127.0.0.1:{port}"
        _await(url)
        yield url


class NoPostgreSQL(Exception):
    """PostgreSQL is not on this machine: apt-get install postgresql."""


def binaries() -> Path:
    """The folder with `initdb` and `postgres`; raises `NoPostgreSQL`."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    found = shutil.which("postgres")
    if packaged:
        return packaged[-1].parent
    if found:
        return Path(found).parent
    raise NoPostgreSQL(NoPostgreSQL.__doc__)


@contextmanager
def installed(settings: tuple[str, ...] = ()) -> Iterator[int]:
    """The port of a server for the role `filon`, who needs no password; root runs it as `postgres`.

    Its folder is none of pytest's: each session of pytest closes those to everybody else.
    """
    port, user = free_port(), "postgres" if os.getuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="filon-postgres-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        if user is not None:
            shutil.chown(folder, user)
        data, log = folder / "data", folder / "log"
        initialise = [str(binaries() / "initdb"), "-D", str(data), "-U", "filon", "-A", "trust"]
        with log.open("wb") as told:
            subprocess.run(
                [*initialise, "-N", "-E", "UTF8"], check=True, user=user, cwd="/", stdout=told
            )
        serve = [str(binaries() / "postgres"), "-D", str(data), "-p", str(port), "-k", made]
        serve += ["-h", "127.0.0.1", *(part for each in settings for part in ("-c", each))]
        with _served(serve, user, log):
            _await(f"postgresql://filon@127.0.0.1:{port}")
            yield port


@contextmanager
def _served(command: list[str], user: str | None, log: Path) -> Iterator[None]:
    with (
        log.open("ab") as told,
        subprocess.Popen(command, user=user, cwd="/", stdout=told, stderr=told) as server,
    ):
        try:
            yield
        finally:
            server.send_signal(signal.SIGINT)


def _await(url: str) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while True:
        try:
            psycopg.connect(f"{url}/postgres", connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)

"""What every test may ask for, and what the run says about the machine it is on.

A test that needs Chromium, a Docker engine or PostgreSQL carries the marker `chromium`, `docker` or
`postgres`: where the machine has none it is left out, and the header and the last lines name it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from services.database import open_engine
from tests import equipment, postgres_servers
from tests.chance import SEED
from tests.nats_servers import IMAGE, NatsServer, nats_binary, started
from tests.postgres_servers import PostgresServer

LEFT_OUT = pytest.StashKey[list[str]]()


def pytest_report_header() -> list[str]:
    server = f"{IMAGE} (testcontainers)" if equipment.IN_CONTAINERS else nats_binary()
    left_out = [f"left out: {what}: {why}" for what, why in equipment.missing().items()]
    return [f"FILON_TESTS_SEED={SEED}", f"nats: {server}", *_postgres(), *left_out]


def _postgres() -> list[str]:
    if equipment.postgres_refusal() is not None:
        return []
    inside = f"{postgres_servers.IMAGE} (testcontainers)"
    used = inside if equipment.docker_refusal() is None else str(postgres_servers.binaries())
    return [f"postgres: {used}"]


def pytest_configure() -> None:
    lacking = {what: why for what, why in equipment.missing().items() if what in equipment.REQUIRED}
    if lacking:
        raise pytest.UsageError(f"FILON_REQUIRE tolerates no omission: {lacking}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    absent = equipment.missing()
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in absent)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        config.stash[LEFT_OUT] = [item.nodeid for item in left_out]
        kept = set(items).difference(left_out)
        items[:] = [item for item in items if item in kept]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for test in config.stash.get(LEFT_OUT, []):
        terminalreporter.write_line(f"left out: {test}")


@pytest.fixture
def nats_server(tmp_path: Path) -> Iterator[NatsServer]:
    """A fresh JetStream server: `url`, `pid`, `store_dir`, `kill9()`, `restart()`."""
    with started(tmp_path / "nats", in_container=equipment.IN_CONTAINERS) as server:
        yield server


@pytest.fixture
def nats_url(nats_server: NatsServer) -> str:
    return nats_server.url


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """For tests that are marked `postgres`: one server for all of them."""
    in_container = equipment.docker_refusal() is None
    with postgres_servers.started(in_container=in_container) as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A fresh database."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'filon.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """What `open_engine` makes of it."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """For tests that are marked `chromium`."""
    path = equipment.chromium()
    assert path, "a test that needs Chromium carries the marker `chromium`"
    return path

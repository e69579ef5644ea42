"""What every test may ask for, and what the run says about the machine it is on.

A test that needs Chromium or a Docker engine carries the marker `chromium` or `docker`: where the
machine has none it is left out, and the header and the last lines name it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import equipment
from tests.nats_servers import IMAGE, NatsServer, nats_binary, started

LEFT_OUT = pytest.StashKey[list[str]]()


def pytest_report_header() -> list[str]:
    server = f"{IMAGE} (testcontainers)" if equipment.IN_CONTAINERS else nats_binary()
    left_out = [f"left out: {what}: {why}" for what, why in equipment.missing().items()]
    return [f"nats: {server}", *left_out]


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
def chromium_path() -> str:
    """For tests that are marked `chromium`."""
    path = equipment.chromium()
    assert path, "a test that needs Chromium carries the marker `chromium`"
    return path

"""Supervisors of a test's own, ended with it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.supervisor.running import Running, Start


@pytest.fixture
def stand_ins(tmp_path: Path) -> Iterator[Start]:
    """Start a supervisor of the stand-ins named."""
    started: list[Running] = []

    def start(*names: str) -> Running:
        script = str(Path(__file__).with_name("stand_ins.py"))
        home, log = tmp_path / "home", tmp_path / f"{len(started)}.log"
        started.append(Running(home, [sys.executable, script, str(home), *names], log))
        return started[-1]

    yield start
    for running in started:
        running.end()


@pytest.fixture
def filon_up(tmp_path: Path) -> Iterator[Start]:
    """Start `filon up`; keyword arguments are environment variables."""
    started: list[Running] = []

    def start(home: Path = tmp_path / "home", **environment: str) -> Running:
        command = [sys.executable, "-m", "services.cli", "up"]
        started.append(Running(home, command, tmp_path / "up.log", **environment))
        return started[-1]

    yield start
    for running in started:
        running.end()

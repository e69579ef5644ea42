"""`filon up` with its real processes: what remains of them when it ends, however it ends."""

import os
import signal
import subprocess
import sys

from tests.e2e.platform import Platform
from tests.integration.supervisor.running import alive, environment, eventually


def test_the_doctor_finds_nothing_wrong_with_it(filon: Platform) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "services.cli", "doctor"],
        env=environment(filon.home, FILON_PORT=filon.url.rsplit(":", 1)[1]),
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 0, found.stdout + found.stderr
    assert "✓ edge runs" in found.stdout


def test_killed_itself_it_leaves_no_process(
    own_filon: Platform,
) -> None:
    eventually(lambda: len(own_filon.processes()) == 5)  # nats, projector, edge and two agents
    pids = [own_filon.pid(name) for name in own_filon.processes()]

    os.kill(own_filon.supervisor, signal.SIGKILL)

    eventually(lambda: not any(map(alive, pids)))


def test_control_c_ends_every_process_and_its_pid_file(own_filon: Platform) -> None:
    pids = [own_filon.pid(name) for name in own_filon.processes()]

    os.kill(own_filon.supervisor, signal.SIGINT)

    eventually(lambda: "Filon has stopped" in own_filon.output.read_text())
    assert not any(map(alive, pids))
    assert own_filon.processes() == []

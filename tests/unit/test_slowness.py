"""`make test-slow` slows what it says it does: a name that moved would leave it fast, unnoticed."""

import os
import subprocess
import sys
from pathlib import Path

SLOWNESS = Path(__file__).parents[1] / "slowness"
NAMES = (
    "import projections.projector as projector, services.log.jetstream.append as append;"
    "print(projector.advance.__name__, append.send.__name__)"
)


def test_each_process_has_a_slow_projector_and_a_slow_log() -> None:
    path = os.pathsep.join((str(SLOWNESS), str(SLOWNESS.parents[1])))
    slow = {"FILON_TESTS_SLOW_PROJECTOR": "0.001", "FILON_TESTS_SLOW_LOG": "0.001"}
    environment = {**os.environ, **slow, "PYTHONPATH": path}
    told = subprocess.check_output([sys.executable, "-c", NAMES], env=environment, text=True)
    assert told.split() == ["slowly", "slowly"]

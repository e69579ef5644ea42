"""What Filon writes is its owner's alone."""

import subprocess
import sys
from pathlib import Path

from tests.integration.supervisor.running import environment


def test_the_database_in_a_home_that_everybody_may_enter_is_its_owners_alone(
    tmp_path: Path, nats_url: str
) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    subprocess.run(
        (sys.executable, "-m", "services.cli", "rebuild"),
        env=environment(home, FILON_NATS_URL=nats_url),
        check=True,
    )
    assert {path.stat().st_mode & 0o077 for path in home.glob("filon.db*")} == {0}

"""What Filon writes is its owner's alone."""

import os
import subprocess
import sys
from pathlib import Path


def test_the_database_in_a_home_that_everybody_may_enter_is_its_owners_alone(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    said = ("user", "add", "ada@acme.example", "--org", "acme", "--role", "viewer")
    subprocess.run(
        (sys.executable, "-m", "services.cli", *said, "--password-stdin"),
        env={**os.environ, "FILON_HOME": str(home), "FILON_DATABASE_URL": ""},
        input=b"correct horse battery staple\n",
        check=True,
    )
    assert [path.stat().st_mode & 0o077 for path in home.glob("filon.db*")] == [0]

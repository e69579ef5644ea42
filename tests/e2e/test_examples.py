"""The programs in examples/, run as their first lines say."""

import re
import subprocess
import sys
from pathlib import Path

from tests.e2e.platform import Platform

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_one_campaign_ends_and_shows_its_best_prospects_with_reasons(filon: Platform) -> None:
    program = [sys.executable, str(EXAMPLES / "one_campaign.py")]

    run = subprocess.run(
        [*program, filon.email, filon.password, filon.url],
        capture_output=True,
        text=True,
        check=False,
        timeout=150,
    )

    assert run.returncode == 0, run.stderr
    counts, _, best = run.stdout.partition("\n\n")
    scored, _, found = counts.splitlines()[-1].split()[:3]
    assert scored == found != "0"
    assert re.search(r"\d+/\d+  \w", best)

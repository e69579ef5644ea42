"""The examples of `docs/history.md` run, and print what it says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from services.history import FilonHistory

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "history.md").read_text()
EXAMPLES = re.findall(r"```python\n(.*?)```\n```text\n(.*?)```", PAGE, re.DOTALL)


def test_there_are_three() -> None:
    assert len(EXAMPLES) == 3 == PAGE.count("```python")


@pytest.mark.parametrize(("program", "printed"), EXAMPLES)
def test_an_example_prints_what_the_page_says_and_again_when_run_again(
    program: str, printed: str, history: FilonHistory, nats_url: str, tmp_path: Path
) -> None:
    environ = {**os.environ, "FILON_NATS_URL": nats_url, "PYTHONPATH": str(ROOT)}
    for _ in range(2):
        run = subprocess.run(
            [sys.executable, "-c", program],
            env=environ,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert (run.returncode, run.stdout) == (0, printed), run.stderr


def test_its_links_lead_somewhere() -> None:
    for path in re.findall(r"\]\(((?!http)[^)]+)\)", PAGE):
        assert (ROOT / "docs" / path).exists(), path

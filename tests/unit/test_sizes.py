"""What CONTRIBUTING says of sizes."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(
    file
    for folder in ("events", "services", "projections")
    for file in (ROOT / folder).rglob("*.py")
)
LONGEST_FUNCTION, LONGEST_FILE = 40, 200
LONGER = {"services/log/log.py": "the log's whole interface, which a reader wants in one place"}
"""Files that are, each with its reason."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_file_and_each_of_its_functions_fit_on_their_pages(file: Path) -> None:
    text = file.read_text()
    long = {
        f"{node.name}: {lines}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }

    assert not long
    name = str(file.relative_to(ROOT))
    assert len(text.splitlines()) <= LONGEST_FILE or name in LONGER

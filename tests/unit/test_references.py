"""What is generated from the code is what the code has, and nothing else."""

import ast
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.edge.api.only_lists import _NO_TEXT
from services.edge.http.problem_catalogue import STATUSES, every_problem
from services.edge.stream.close_codes import MEANINGS, Code
from services.edge.stream.endpoints.sse import _REFUSALS
from services.reference.files import FOLDER, everything

ROOT = Path(__file__).parents[2]
WRITTEN = everything()
OWN = {code: status for status, codes in STATUSES.items() for code in codes}


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_generated_file_is_as_it_would_be_written(file: Path) -> None:
    assert file.read_text("utf-8") == WRITTEN[file], "run `make references`"


def test_no_reference_is_left_of_what_is_written_no_more() -> None:
    assert {*FOLDER.iterdir()} == {file for file in WRITTEN if file.parent == FOLDER}


@pytest.mark.parametrize("name", ["openapi.json", "asyncapi.json"])
def test_the_documents_are_of_the_version_that_the_package_has(name: str) -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())

    assert json.loads(WRITTEN[FOLDER / name])["info"]["version"] == pyproject["project"]["version"]


def test_every_close_code_has_a_meaning() -> None:
    assert [*MEANINGS] == [*Code]


def test_the_edge_raises_each_problem_with_the_status_that_the_reference_says() -> None:
    raised = {*_raised(), *((code, status) for status, code in _REFUSALS.values())}
    said = {(code, status) for code, status, _, _ in every_problem()}

    assert raised <= said
    assert {code for code, status in OWN.items() if status == 415 and "." in code} == {*_NO_TEXT}


def test_the_reference_says_no_problem_that_nothing_raises() -> None:
    sources = "".join(
        file.read_text()
        for folder in ("services/edge", "services/sources")
        for file in (ROOT / folder).rglob("*.py")
        if file.name != "problem_catalogue.py"
    )
    of_tokens = {"ExpiredToken", "RevokedToken"}  # named after the token's fault

    assert {code for code in OWN if f'"{code}"' not in sources} == of_tokens


def _raised() -> Iterator[tuple[str, int]]:
    """Code and status of each `Problem(503, "Draining", …)` in the edge."""
    for file in (ROOT / "services" / "edge").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            match node:
                case ast.Call(
                    func=ast.Name(id="Problem"),
                    args=[ast.Constant(value=int(status)), ast.Constant(value=str(code)), *_],
                ):
                    yield code, status

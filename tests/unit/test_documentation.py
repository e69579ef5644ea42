"""What the pages in docs/ name is there, and what they draw is what the contracts say."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
HOUSE = (DOCS / "house.md").read_text()
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
NEAR = ("integration/edge", "integration/stream", "unit/edge", "")
"""Where docs/security.md says that its tests are."""
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def _named_tests() -> list[tuple[str, str]]:
    found, file = [], ""
    for named in re.findall(
        r"`((?:[\w/]*test_\w+\.py|…)(?:::test_\w+)?)`", (DOCS / "security.md").read_text()
    ):
        before, _, test = named.partition("::")
        file = file if before == "…" else before
        found.append((file, test))
    return found


@pytest.mark.parametrize(("file", "test"), _named_tests())
def test_each_test_that_security_names_holds_its_promise_still(file: str, test: str) -> None:
    places = [ROOT / "tests" / folder / file for folder in NEAR]
    texts = [place.read_text() for place in places if place.exists()]

    assert texts
    assert any(f"def {test}(" in text for text in texts) or not test


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!http)([^)#\s]+)(?:#[^)]*)?\)", page.read_text())

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:\w+/)+(?:\w+\.py)?)`", HOUSE))))
def test_each_room_that_the_house_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_house_names_every_room() -> None:
    rooms = {f"services/{path.parent.name}/" for path in ROOT.glob("services/*/__init__.py")}
    rooms |= {"events/", "projections/", "tests/", "benchmarks/", "examples/"}

    assert {room for room in rooms if f"`{room}" not in HOUSE} == set()


def test_the_house_is_drawn_as_the_import_contract_says() -> None:
    [layers] = [
        each["layers"]
        for each in CONTRACTS["contracts"]
        if "projections" in str(each.get("layers"))
    ]
    wanted = [
        {room.strip().removeprefix("services.") for room in layer.split("|")} for layer in layers
    ]
    [drawing] = re.findall(r"```\n(.*?)```", HOUSE, re.DOTALL)
    floors = [
        set(re.findall(r"[a-z]+", line.partition("  ← ")[0])) for line in drawing.splitlines()
    ]

    assert [floor for floor in floors if floor] == wanted

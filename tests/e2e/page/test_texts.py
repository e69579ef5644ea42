"""The page's files keep their own rules, as far as reading them can tell."""

import re
from pathlib import Path

import services.dashboard
from services.wording import texts

FILES = Path(services.dashboard.__file__).parent / "static"
SCRIPTS = {path.name: path.read_text() for path in sorted(FILES.glob("*.js"))}


def test_every_text_that_a_script_asks_for_is_in_the_catalogue() -> None:
    asked = {key for script in SCRIPTS.values() for key in re.findall(r'\bt\("([^"]+)"', script)}
    assert asked and asked - texts("page.", "fr").keys() == set()


def test_no_script_makes_markup_of_text() -> None:
    forbidden = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(")
    assert [name for name, script in SCRIPTS.items() if forbidden.search(script)] == []


def test_nothing_comes_from_elsewhere() -> None:
    for path in FILES.iterdir():
        addresses = set(re.findall(r"https?://[\w./-]+", path.read_text()))
        assert addresses <= {"http://www.w3.org/2000/svg"}, path.name

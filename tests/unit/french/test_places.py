"""French facts, and the page's copy of them."""

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from events.targeting import Departement, Region
from services.dashboard import french
from services.french.place_names import DEPARTEMENT_NAMES, REGION_NAMES
from services.french.places import REGIONS, departement_of, region_of


@pytest.mark.parametrize(
    ("postal_code", "departement"),
    [
        ("75011", "75"), ("20000", "2A"), ("20200", "2B"), ("97400", "974"), ("97500", "975"),
        ("97110", "971"), ("97133", "977"), ("97150", "978"), ("97600", "976"),
        ("98600", "986"), ("98713", "987"), ("98800", "988"), ("98000", ""), ("9800", ""),
    ],
)  # fmt: skip
def test_a_postal_code_tells_its_departement(postal_code: str, departement: str) -> None:
    assert departement_of(postal_code) == departement


def test_every_departement_and_region_has_a_name_and_can_be_targeted() -> None:
    departements, regions = TypeAdapter(Departement), TypeAdapter(Region)
    for code in DEPARTEMENT_NAMES:
        departements.validate_python(code)
    for code in REGION_NAMES:
        regions.validate_python(code)
    assert REGION_NAMES.keys() == REGIONS.keys()
    in_regions = {code for those in REGIONS.values() for code in those}
    assert DEPARTEMENT_NAMES.keys() - in_regions == {"975", "977", "978"}
    assert in_regions <= DEPARTEMENT_NAMES.keys()
    assert region_of("977") == ""


def test_the_page_s_tables_are_ours() -> None:
    """Otherwise: `python -m services.dashboard.french`."""
    static = Path(french.__file__).parent / "static"
    for name, text in french.modules().items():
        assert (static / name).read_text("utf-8") == text

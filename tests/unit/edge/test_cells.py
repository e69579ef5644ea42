"""Cells of a spreadsheet."""

import pytest

from services.edge.api.cells import phone_cell, safe
from services.french.headcount import headcount_band
from services.identifiers.phones import normalise_phone
from services.sources.csv.values import bare


@pytest.mark.parametrize(
    ("phone", "cell"),
    [
        ("+33 1 99 00 12 34", "01 99 00 12 34"),
        ("0199001234", "01 99 00 12 34"),
        ("+32 9 555 12 12", "(+32) 9 555 12 12"),
        ("0032 9 555 12 12", "(+32) 9 555 12 12"),
        ("3635", "3635"),
        ("01 99 00 12 34 / 06 39 98 12 34", "01 99 00 12 34 / 06 39 98 12 34"),
    ],
)
def test_a_telephone_number_is_text_without_an_apostrophe_and_read_back(
    phone: str, cell: str
) -> None:
    assert safe(phone_cell(phone)) == cell
    assert normalise_phone(cell) == normalise_phone(phone)


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "-2+3", "+A1", "\t=1", "＝1", "+33 cmd|' /C"])
def test_a_formula_is_never_carried_out(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


def test_what_is_guarded_is_read_back_as_it_was() -> None:
    assert [bare(safe(cell)) for cell in ("=A1", "@x", "-2")] == ["=A1", "@x", "-2"]


def test_a_range_does_not_become_a_day() -> None:
    assert safe("11-50") == "11–50"
    assert headcount_band("11–50") == headcount_band("11-50") != ""
    assert safe("12-05-2024") == "12-05-2024"

"""Codes of two nomenclatures, and what is of neither."""

import pytest

from events.targeting import Targeting
from services.french.activities import Fit, fit
from services.french.naf import (
    NAF_2025_CODES,
    NAF_CODES,
    codes_under,
    counterparts,
    nomenclature_of,
    normalise_naf,
    section_of,
)


def test_the_table_is_whole() -> None:
    """INSEE's own totals."""
    assert (len(NAF_CODES), len(NAF_2025_CODES)) == (732, 747)
    assert sum(len(counterparts(code)) for code in NAF_CODES) == 1223
    assert [code for code in NAF_2025_CODES if not counterparts(code)] == ["46.89Y"]
    assert not {*NAF_CODES} & {*NAF_2025_CODES}
    assert {nomenclature_of(code) for code in NAF_CODES} == {"NAFRev2"}
    assert {nomenclature_of(code) for code in NAF_2025_CODES} == {"NAF2025"}


def test_sections_are_twenty_one_and_twenty_two() -> None:
    assert "".join(sorted({section_of(code) for code in NAF_CODES})) == "ABCDEFGHIJKLMNOPQRSTU"
    assert (
        "".join(sorted({section_of(code) for code in NAF_2025_CODES})) == "ABCDEFGHIJKLMNOPQRSTUV"
    )


@pytest.mark.parametrize(
    ("code", "section"),
    [("62.01Z", "J"), ("62.10Y", "K"), ("64.19Y", "L"), ("99.00Z", "U"), ("99.00Y", "V"), ("", "")],
)
def test_a_letter_is_of_its_code_s_nomenclature(code: str, section: str) -> None:
    assert section_of(code) == section


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("62.01Z", "62.01Z"), ("6201Z", "62.01Z"), ("6210y", "62.10Y"), ("62", "62"),
        ("62.01Z - Programmation", "62.01Z"), ("72.20Z", "72.20Z"), ("111Z", "01.11Z"),
        ("72.2Z", ""), ("722Z", ""), ("741G", ""), ("74.1 G", ""), ("Conseil", ""),
    ],
)  # fmt: skip
def test_a_code_of_naf_1993_is_no_division_of_today(said: str, read: str) -> None:
    assert normalise_naf(said) == read


def test_a_start_is_of_rev_2_where_that_has_it() -> None:
    assert codes_under(["25.40"]) == ["25.40Z"]
    assert codes_under(["62.2"]) == ["62.20G", "62.20H"]
    assert codes_under(["04"]) == []


@pytest.mark.parametrize(
    ("activity", "expected"),
    [
        ("62.01Z", "match"), ("62.10Y", "match"),  # one to one
        ("62.02B", "match"), ("62.20H", "perhaps"),  # with 62.03Z, which is not asked
        ("25.40Z", "match"), ("25.30Y", "match"), ("25.40Y", "division"),  # weapons, and forging
        ("64.19Z", "section"), ("64.19Y", "section"), ("62.99Y", "division"), ("01.11Y", "other"),
    ],
)  # fmt: skip
def test_what_is_asked_in_rev_2_fits_companies_of_both(activity: str, expected: Fit) -> None:
    asked = Targeting(activities=("62.01Z", "62.02B", "25.40"), sections=("K",))
    assert fit(activity, asked) == expected


@pytest.mark.parametrize(
    ("activity", "expected"),
    [
        ("62.10Y", "section"), ("62.01Z", "section"), ("63.12Z", "perhaps"), ("64.19Z", "other"),
        ("95.31G", "match"), ("45.20A", "perhaps"), ("99.00Z", "section"),
    ],
)  # fmt: skip
def test_what_is_asked_in_2025_fits_companies_of_both(activity: str, expected: Fit) -> None:
    asked = Targeting(activities=("95.31G",), sections_2025=("K", "V"))
    assert fit(activity, asked) == expected

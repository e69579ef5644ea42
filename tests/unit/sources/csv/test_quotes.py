"""Quotes as people and programs write them: each costs its own line at most."""

import pytest

from tests.unit.sources.csv.files import accepted, only, refused

NOTE = "\n".join(f"2024-01-{day % 28 + 1:02d} ; appel n° {day}" for day in range(300))


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ('Les "Bons" Amis', 'Les "Bons" Amis'),
        ('"Bons" Amis', '"Bons" Amis'),
        ('12" Vinyles', '12" Vinyles'),
        ('"Les "Bons" Amis"', 'Les "Bons" Amis'),
        ('"Les ""Bons"" Amis"', 'Les "Bons" Amis'),
        (r'"Les \"Bons\" Amis"', 'Les "Bons" Amis'),
        (r'"dit \"Bob\""', 'dit "Bob"'),
        ('  "Alpha; Beta" ', "Alpha; Beta"),
        ('"Alpha\nBeta"', "Alpha Beta"),
        ("L&#039;Atelier", "L'Atelier"),
        ("Dupont &amp; Fils", "Dupont & Fils"),
        ("Caf&eacute; &quot;Bleu&quot;", 'Café "Bleu"'),
        ("AT&T", "AT&T"),
    ],
)
def test_a_cell_says_what_it_says(cell: str, name: str) -> None:
    assert accepted(f"Company;City\n{cell};Paris\nTwo;Lyon\n")[0][1] == name
    assert accepted(f"Company;City\n{cell};Paris\nTwo;Lyon\n")[1][1] == "Two"


def test_a_quoted_cell_may_go_on_for_hundreds_of_lines() -> None:
    content = f'Company;City;Note\nOne;Paris;"{NOTE}"\nTwo;Lyon;\n'
    assert accepted(content) == [(2, "One"), (302, "Two")]
    assert refused(content) == []


@pytest.mark.parametrize(
    "below",
    [
        ["Two;Lyon", '12" Vinyles;Nice'],
        ["Two;Lyon", '"Three";Nice'],
        ["Two;Lyon", 'Three;"Nice"'],
        ["Two;Lyon", 'Three;Nice"'],
        ["Two;Lyon", "Three;Nice"],
    ],
)
def test_a_quote_that_is_never_closed_costs_its_line_only(below: list[str]) -> None:
    content = "\n".join(["Company;City", '"One;Paris', *below, ""])
    assert refused(content) == [(2, "line.openQuote")]
    assert len(accepted(content)) == len(below)


def test_each_line_is_in_one_record_whatever_quotes_there_are() -> None:
    content = 'Company;City\n"A;x\nB;"y\n"C";z\nD";"\nE;v\n'
    lines = [line for line, _ in accepted(content)] + [line for line, _ in refused(content)]
    assert sorted(lines) == [2, 3, 4, 5, 6]


def test_pipes_separate_too_and_a_stray_zero_byte_is_nothing() -> None:
    assert only("Company|City\nOne\0|Paris\n" + "\n" * 200).company.city == "Paris"


@pytest.mark.parametrize(
    "encoding", ["mac_roman", "cp850", "cp1252", "utf-16-le", "utf-16-be", "utf-8"]
)
def test_older_encodings_are_told_apart(encoding: str) -> None:
    content = (
        "Société;Ville\rÉtablissements Lefèvre;Besançon\rCafé Noël;Nîmes\rÀ la Forêt;Orléans\r"
    )
    assert [name for _, name in accepted(content.encode(encoding))] == [
        "Établissements Lefèvre",
        "Café Noël",
        "À la Forêt",
    ]

"""What lists become."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.company import Company, Contact
from services.prospecting.lists import RefusedLine
from services.sources.csv.values import NOTHING
from tests.unit.sources.csv.files import SIREN, accepted, only, refused, rows, written
from tests.unit.sources.sirens import siren_of

FRENCH = (
    "SIRET;Raison sociale;Code NAF;Tranche effectif;Code postal;Ville;Nom;Prénom;Fonction;"
    "E-mail;Téléphone;Site web;Catégorie;Remarque\n"
    "73282932000074;Société Éphémère;6201Z;12;1000;Bourg;Exemple;Ada;Gérante;"
    "Ada@Ephemere.example;199001234;www.ephemere.example;PME;vue au salon\n"
)
EPHEMERE = Company(
    name="Société Éphémère",
    siren=SIREN,
    activity="62.01Z",
    headcount_band="12",
    category="PME",
    postal_code="01000",
    city="Bourg",
    website="www.ephemere.example",
    contacts=(
        Contact(
            name="Ada Exemple", title="Gérante", email="ada@ephemere.example", phone="0199001234"
        ),
    ),
    extra={"Remarque": "vue au salon"},
)


@pytest.mark.parametrize(
    "content",
    [
        FRENCH.encode(),
        codecs.BOM_UTF8 + FRENCH.encode(),
        FRENCH.encode("cp1252"),
        FRENCH.encode("utf-16"),
        codecs.BOM_UTF16_BE + FRENCH.encode("utf-16-be"),
        FRENCH.replace("\n", "\r\n").encode(),
        FRENCH.replace("\n", "\r").encode(),
        FRENCH.replace(";", ",").encode(),
        FRENCH.replace(";", "\t").encode(),
        FRENCH.rstrip("\n").encode(),
    ],
)
def test_any_export_gives_the_same_company(content: bytes) -> None:
    row = only(content)
    assert row.line == 2
    assert row.company == EPHEMERE


def test_english_headers_in_another_order_give_the_same_company() -> None:
    row = only(
        "Postcode,Company,City,Job title,Full name,Email,Phone,Website,NAF,Headcount,SIREN,"
        "Category,Remarque\n"
        "01000,Société Éphémère,Bourg,Gérante,Ada Exemple,ada@ephemere.example,0199001234,"
        f"www.ephemere.example,62.01Z,37,{SIREN},PME,vue au salon\n"
    )
    assert row.company == EPHEMERE


def test_accents_that_come_late_in_windows_1252_are_read() -> None:
    lines = ["Company", *["Plain"] * 20_000, "Société"]
    assert accepted("\n".join(lines).encode("cp1252"))[-1] == (20_002, "Société")


def test_the_separator_may_stand_in_quotes() -> None:
    assert only('Company;City\n"Dupont; Fils, ""et"" Cie";Paris\n').company.name == (
        'Dupont; Fils, "et" Cie'
    )


def test_a_quoted_newline_keeps_line_numbers_physical() -> None:
    content = 'Company;Note\n"One";"a\nb\n\nc"\n\nTwo;x\n;\nThree;y\n'
    assert accepted(content) == [(2, "One"), (7, "Two"), (9, "Three")]


def test_an_unclosed_quote_costs_its_line_only() -> None:
    content = 'Company;City\nOne;Paris\n"Two;Paris\n' + "".join(f"N{n};Lyon\n" for n in range(300))
    assert refused(content) == [(3, "line.openQuote")]
    assert len(accepted(content)) == 301
    assert refused('Company;City\nOne;Paris\nTwo;"Par') == [(3, "line.openQuote")]


def test_a_line_without_end_is_refused_and_the_next_is_read() -> None:
    content = "Company;City\n" + "x" * 3_000_000 + ";Paris\nTwo;Paris\n"
    assert refused(content) == [(2, "line.tooLong")]
    assert accepted(content) == [(3, "Two")]


def test_each_refused_line_says_why_and_the_others_are_kept() -> None:
    content = f"SIREN;Company;City\n732829321;A;X\n{SIREN};B;X\n;;Paris\n;C;D;E\n7,3E+08;F;\n"
    assert refused(content) == [
        (2, "siren.check"),
        (4, "line.noIdentity"),
        (5, "line.tooManyFields"),
        (6, "siren.scientific"),
    ]
    assert accepted(content) == [(3, "B")]
    assert rows(content)[0] == RefusedLine(2, "siren.check", {"value": "732829321"})


def test_a_short_line_is_completed() -> None:
    assert only("Company;City;E-mail\nOne\n").company == Company(name="One")


def test_what_is_not_understood_is_kept_as_it_was() -> None:
    company = only(
        "Company;Secteur;Effectif;Zip;Email;Email 2;Divers\n"
        "One;Informatique;beaucoup;SW1A 1AA;néant;a@b.example;x\n"
    ).company
    assert company.extra == {
        "Secteur": "Informatique",
        "Effectif": "beaucoup",
        "Zip": "SW1A 1AA",
        "Divers": "x",
    }
    assert company.contacts == (Contact(email="a@b.example"),)


def test_further_addresses_in_a_cell_are_contacts_of_their_own() -> None:
    company = only('Company,Email\nOne,"a@one.example, b@one.example"\n').company
    assert company.contacts == (Contact(email="a@one.example"), Contact(email="b@one.example"))
    assert company.extra == {}


def test_a_siren_and_a_siret_may_both_be_there() -> None:
    company = only(f"SIREN;SIRET;Company\n{SIREN};73282932000074;One\n").company
    assert (company.siren, company.extra) == (SIREN, {"SIRET": "73282932000074"})


def test_birth_dates_and_nationality_are_never_kept() -> None:
    company = only(
        "Company;Contact;Date de naissance;Nationalité;Birthdate\nOne;Ada;1815-12-10;GB;1815\n"
    ).company
    assert company == Company(name="One", contacts=(Contact(name="Ada"),))


def test_columns_past_the_five_hundredth_are_not_kept() -> None:
    header = ["Raison sociale", *(f"Note {number}" for number in range(600))]
    line = ["Imaginaire SA", *("oui" for _ in range(600))]
    company = only(written([header, line])).company
    assert len(company.extra) == 499


def test_a_text_too_long_for_a_name_is_kept_as_it_was() -> None:
    company = only(written([["SIREN", "Raison sociale"], [SIREN, "x" * 5000]])).company
    assert company.name == SIREN
    assert company.extra == {"Raison sociale": "x" * 5000}


def test_a_company_without_a_name_goes_by_its_site_or_number() -> None:
    assert only(f"SIREN;Site\n{SIREN};https://www.one.example/x\n").company.name == "one.example"
    assert only(f"SIREN\n{SIREN}\n").company.name == SIREN


def test_excel_s_separator_line_and_a_title_may_come_first() -> None:
    assert accepted("sep=;\nCompany;City\nOne;Paris\n") == [(3, "One")]
    assert accepted("Liste des entreprises;\n\nCompany;City\nOne;Paris\n") == [(4, "One")]


def test_what_guards_zeros_and_what_stands_for_nothing_is_taken_off() -> None:
    company = only('SIREN;Company;CP;Contact;Ville\n="005520135";One;\'01000;#N/A;-\n').company
    assert company == Company(name="One", siren="005520135", postal_code="01000")


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0='"), max_size=20).filter(
    lambda text: text.strip().casefold() not in NOTHING
)


@settings(deadline=None)  # other processes share the machine
@given(
    table=st.lists(st.tuples(st.integers(1, 99_999_999), CELL, CELL), min_size=1, max_size=10),
    delimiter=st.sampled_from(";,\t"),
)
def test_whatever_cells_hold_comes_back(table: list[tuple[int, str, str]], delimiter: str) -> None:
    body = [[siren_of(n), name, note] for n, name, note in table]
    read = rows(written([["SIREN", "Company", "Note"], *body], delimiter))
    for row, (siren, name, note) in zip(read, body, strict=True):
        assert not isinstance(row, RefusedLine)
        assert row.company.siren == siren
        assert row.company.name == (" ".join(name.split()) or siren)
        assert row.company.extra.get("Note", "") == note.strip()


@pytest.mark.parametrize(
    ("code", "read", "nomenclature"),
    [("62.01Z", "62.01Z", "NAFRev2"), ("6210Y", "62.10Y", "NAF2025")],
)
def test_a_code_is_read_with_the_nomenclature_that_it_is_of(
    code: str, read: str, nomenclature: str
) -> None:
    company = only(f"Raison sociale;Code NAF;Ville\nAlpha;{code};Brest\n").company
    assert (company.activity, company.activity_nomenclature) == (read, nomenclature)


def test_a_code_of_naf_1993_is_kept_as_it_is_and_no_activity_of_today() -> None:
    company = only("Raison sociale;Code NAF;Ville\nAlpha;72.2Z;Brest\n").company
    assert (company.activity, company.extra) == ("", {"Code NAF": "72.2Z"})


def test_a_line_that_ends_with_a_quote_may_be_the_beginning_of_a_cell() -> None:
    note = 'Dit "oui"\npuis "non"'
    body = [[SIREN, "Imaginaire SA", note], [siren_of(2), '"\nFictive', ""]]
    first, second = rows(written([["SIREN", "Company", "Note"], *body]))
    assert not isinstance(first, RefusedLine) and not isinstance(second, RefusedLine)
    assert first.company.extra == {"Note": note}
    assert second.company.name == '" Fictive'

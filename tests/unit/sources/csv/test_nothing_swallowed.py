"""What stands in a list is in the company, or is kept beside it; never nowhere."""

import pytest

from events.company import Company, Contact
from tests.unit.sources.csv.files import only

ADA = Contact(name="Ada Exemple", email="ada@one.example")


def read(header: str, line: str) -> Company:
    return only(f"{header}\n{line}\n").company


def test_a_second_person_with_columns_of_his_own_is_a_second_contact() -> None:
    company = read(
        "Société;Nom contact;Prénom contact;E-mail;"
        "Nom contact 2;Prénom contact 2;E-mail 2;Fonction 2",
        "One;Exemple;Ada;ada@one.example;Modèle;Bob;bob@one.example;Gérant",
    )
    bob = Contact(name="Bob Modèle", title="Gérant", email="bob@one.example")
    assert (company.contacts, company.extra) == ((ADA, bob), {})


def test_several_names_in_a_cell_are_several_contacts_with_their_addresses() -> None:
    cells = '"Ada Exemple\nBob Modèle";ada@one.example, bob@one.example'
    company = read("Société;Contact;E-mail", f"One;{cells}")
    assert company.contacts == (ADA, Contact(name="Bob Modèle", email="bob@one.example"))


def test_a_director_beside_another_person_is_a_contact_too() -> None:
    company = read(
        "Société;Dirigeant;Prénom;Nom;E-mail", "One;Bob Modèle;Ada;Exemple;a@one.example"
    )
    assert [contact.name for contact in company.contacts] == ["Bob Modèle", "Ada Exemple"]
    again = read("Société;Contact;Prénom;Nom;E-mail", "One;Ada Exemple;Ada;Exemple;ada@one.example")
    assert again.contacts == (ADA,)


def test_a_second_address_is_a_contact_and_a_second_telephone_a_field() -> None:
    company = read(
        "Société;Contact;E-mail;E-mail 2;Téléphone;Mobile",
        "One;Ada Exemple;ada@one.example;info@one.example;01 99 00 12 34;06 39 98 12 34",
    )
    first = ADA.model_copy(update={"phone": "01 99 00 12 34"})
    assert company.contacts == (first, Contact(email="info@one.example"))
    assert company.extra == {"Mobile": "06 39 98 12 34"}


def test_a_name_around_an_address_is_kept() -> None:
    company = read("Société;E-mail", "One;Ada Exemple <ada@one.example>")
    assert company.contacts == (Contact(email="ada@one.example"),)
    assert company.extra == {"E-mail": "Ada Exemple <ada@one.example>"}


@pytest.mark.parametrize(
    ("header", "id"), [("Record ID", "77"), ("ID", "77"), ("N° client", "C-7"), ("Code tiers", "7")]
)
def test_the_source_s_own_id_goes_with_the_contact_or_else_with_the_company(
    header: str, id: str
) -> None:
    person = read(f"{header};Société;Contact", f"{id};One;Ada Exemple")
    assert (person.record_id, person.contacts[0].record_id, person.extra) == ("", id, {})
    company = read(f"{header};Société", f"{id};One")
    assert (company.record_id, company.extra) == (id, {})


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("Société;CP;Ville", "One;9000;Gent"),
        ("Société;CP;Ville", "One;1000;Bruxelles"),
        ("Société;CP;Ville", "One;1003;Lausanne"),
        ("Société;CP;Ville", "One;8000;Brugge (B)"),
        ("Société;CP;Ville", "One;8000;Bruges"),
        ("Société;CP;Ville", "One;4000;LIEGE"),
        ("Société;CP;Ville", "One;10115;Berlin"),
        ("Société;CP", "One;B-9000"),
        ("Société;CP", "One;CH-1003"),
        ("Société;CP", "One;L-1234"),
        ("Société;CP;Pays", "One;9000;Belgique"),
        ("Société;CP;Site", "One;9000;https://www.one.be"),
        ("Société;CP;E-mail", "One;8001;info@one.ch"),
        ("Société;CP;Téléphone", "One;9000;+32 9 555 12 12"),
    ],
)
def test_a_postal_code_from_abroad_is_kept_but_never_read_as_french(header: str, line: str) -> None:
    company = read(header, line)
    assert (company.postal_code, company.extra["CP"]) == ("", line.split(";")[1])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("One;9000;Foix", "09000"),
        ("One;1000;Bourg-en-Bresse", "01000"),
        ("One;2400;Gland", "02400"),
        ("One;33520;Bruges", "33520"),
        ("One;38200;Vienne", "38200"),
        ("One;;34000 Montpellier", "34000"),
    ],
)
def test_a_french_code_that_lost_its_zero_gets_it_back(line: str, code: str) -> None:
    assert read("Société;CP;Ville", line).postal_code == code


@pytest.mark.parametrize(
    "cell",
    ["nov-50", "oct-19", "19-oct", "01-sept", "sept.-01", "novembre 1950", "2-oct.", "10-févr"],
)
def test_a_range_that_became_a_date_is_no_headcount_but_kept(cell: str) -> None:
    company = read("Société;Effectif", f"One;{cell}")
    assert (company.headcount_band, company.extra) == ("", {"Effectif": cell})

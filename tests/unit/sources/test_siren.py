"""Spellings of what identifies a company."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from services.french.headcount import headcount_band
from services.french.naf import normalise_naf
from services.french.places import normalise_postal_code
from services.french.siren import InvalidSiren, normalise_siren
from services.identifiers.domains import normalise_domain
from services.identifiers.emails import normalise_email
from services.identifiers.phones import normalise_phone, written_phone
from tests.unit.sources.sirens import siren_of


@pytest.mark.parametrize(
    "text",
    [
        "732829320", "732 829 320", "732.829.320", " 732\u202f829\u00a0320 ", "732829320.0",
        "73282932000074", "732 829 320 00074", "FR44732829320", "\ufeff732-829-320",
    ],
)  # fmt: skip
def test_a_siren_reads_the_same_however_it_is_written(text: str) -> None:
    assert normalise_siren(text) == "732829320"


def test_nothing_gives_no_siren() -> None:
    assert normalise_siren(" \u00a0") == ""


def test_zeros_that_a_spreadsheet_ate_come_back() -> None:
    assert normalise_siren("5520135") == "005520135"
    siret = next(f"005520135{nic:05d}" for nic in range(99) if luhn.is_valid(f"005520135{nic:05d}"))
    assert normalise_siren(siret.lstrip("0")) == "005520135"


def test_la_poste_s_establishments_follow_their_own_rule() -> None:
    assert not luhn.is_valid("35600000009075")
    assert normalise_siren("35600000009075") == "356000000"
    with pytest.raises(InvalidSiren):
        normalise_siren("35600000009076")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("732829321", "siren.check"),
        ("73282932000075", "siren.check"),
        ("000000000", "siren.check"),
        ("12345", "siren.digits"),
        ("ACME SARL", "siren.digits"),
        ("７３２８２９３２０x", "siren.digits"),
        ("7,32829E+08", "siren.scientific"),
    ],
)
def test_what_is_no_siren_says_why(text: str, code: str) -> None:
    with pytest.raises(InvalidSiren) as refusal:
        normalise_siren(text)
    assert refusal.value.code == code
    assert refusal.value.params["value"]


@settings(deadline=None)  # other processes share the machine
@given(st.integers(0, 99_999_999).filter(bool), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(body: int, at: int, off: int) -> None:
    siren = siren_of(body)
    assert normalise_siren(siren) == siren
    wrong = siren[:at] + str((int(siren[at]) + off) % 10) + siren[at + 1 :]
    with pytest.raises(InvalidSiren):
        normalise_siren(wrong)


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.Exemple.fr/contact?x=1", "exemple.fr"),
        ("exemple.fr", "exemple.fr"),
        ("WWW.EXEMPLE.FR.", "exemple.fr"),
        ("http://user:pw@boutique.exemple.fr:8080", "boutique.exemple.fr"),
        ("www.société.example", "xn--socit-esab.example"),
        ("exemple.fr, autre.fr", "exemple.fr"),
        ("ada@exemple.fr", ""),
        ("https://fr.linkedin.com/company/exemple", ""),
        ("facebook.com/exemple", ""),
        ("néant", ""),
        ("n/a", ""),
        ("s.o.", ""),
        ("index.html", ""),
        ("alpha.blogspot.com", "alpha.blogspot.com"),
        ("blogspot.com", ""),
        ("alpha.jimdo.com", "alpha.jimdo.com"),
        ("http://www.jimdo.com/alpha", ""),
        ("alpha.wixsite.com/site", ""),
        ("www.doctolib.fr/dentiste/azur", ""),
        ("https://goo.gl/maps/abc", ""),
        ("perso.orange.fr/petit", ""),
        ("gmail.com", ""),
        ("co.uk", ""),
        ("exemple.co.uk", "exemple.co.uk"),
        ("192.168.0.1", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_a_website_gives_its_own_domain(website: str, domain: str) -> None:
    assert normalise_domain(website) == domain


@pytest.mark.parametrize(
    ("text", "email"),
    [
        (" Ada@Exemple.FR ", "ada@exemple.fr"),
        ("mailto:ada@exemple.fr", "ada@exemple.fr"),
        ("Ada <ada@exemple.fr>", "ada@exemple.fr"),
        ("ada@exemple.fr; bob@exemple.fr", "ada@exemple.fr"),
        ("ada@exemple", ""),
        ("ada chez exemple.fr", ""),
        ("zoé@exemple.fr", "zoé@exemple.fr"),
        ("ada@élan.example", "ada@élan.example"),
        ("ada@exemple.fr.", "ada@exemple.fr"),
        ("<ada@exemple.fr>", "ada@exemple.fr"),
        ("'ada@exemple.fr'", "ada@exemple.fr"),
        ("MAILTO:Ada@exemple.fr?subject=Bonjour", "ada@exemple.fr"),
        ("ada(at)exemple.fr", ""),
    ],
)
def test_an_address_is_kept_only_when_it_is_one(text: str, email: str) -> None:
    assert normalise_email(text) == email


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("01 99 00 12 34", "+33199001234"),
        ("0199001234", "+33199001234"),
        ("+33 (0)1 99 00 12 34", "+33199001234"),
        ("0033 1.99.00.12.34", "+33199001234"),
        ("199001234.0", "+33199001234"),
        ("+32 9 222 11 33", "+3292221133"),
        ("poste 12", ""),
        ("", ""),
    ],
)
def test_a_telephone_number_compares_however_it_is_written(text: str, dialled: str) -> None:
    assert normalise_phone(text) == dialled


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("199001234", "0199001234"),
        ("199001234.0", "0199001234"),
        ("+33 (0)1 99 00 12 34", "+33 (0)1 99 00 12 34"),
        ("standard : 01 99 00 12 34, demander Zoé", "standard : 01 99 00 12 34, demander Zoé"),
        ("3635", "3635"),
        ("ne pas appeler", ""),
        ("12", ""),
    ],
)
def test_a_telephone_number_stays_as_it_was_written(text: str, kept: str) -> None:
    assert written_phone(text) == kept


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1000", "01000"), ("75011", "75011"), ("75 011", "75011"), ("F-75011", "75011"),
        ("1000.0", "01000"), ("75011 Cedex 11", "75011"), ("97400", "97400"),
        ("SW1A 1AA", ""), ("00100", ""), ("123", ""), ("", ""),
    ],
)  # fmt: skip
def test_postal_codes_have_five_digits(text: str, code: str) -> None:
    assert normalise_postal_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("6201Z", "62.01Z"), ("62.01z", "62.01Z"), ("62 01 Z", "62.01Z"), ("62", "62"),
        ("62.01Z - Programmation informatique", "62.01Z"), ("111Z", "01.11Z"), ("6201", "62.01"),
        ("1.11Z", "01.11Z"), ("Informatique", ""), ("", ""), ("620100", ""),
    ],
)  # fmt: skip
def test_naf_codes_have_their_dot(text: str, code: str) -> None:
    assert normalise_naf(text) == code


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("37", "12"), ("12", "11"), ("0", "00"), ("NN", "NN"), ("02", "02"), ("1", "01"),
        ("20 à 49 salariés", "12"), ("20-49", "12"), ("11-50", "12"), ("1 000 à 1 999", "42"),
        ("10 000 salariés et plus", "53"), ("10.000+", "53"), ("moins de 10", "03"), ("<10", "03"),
        ("37,0", "12"), ("37,5", "12"), ("oct-19", ""), ("nov-50", ""), ("02-oct", ""),
        ("10-févr", ""), ("2-10", "02"), ("2020-01-02", ""), ("beaucoup", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_headcount_falls_in_its_band(text: str, band: str) -> None:
    assert headcount_band(text) == band


def test_a_column_of_codes_is_read_as_codes() -> None:
    assert headcount_band("12", coded=True) == "12"
    assert headcount_band("1", coded=True) == "01"
    assert headcount_band("20 à 49", coded=True) == "12"


@settings(deadline=None)  # other processes share the machine
@given(st.text())
def test_no_text_at_all_upsets_a_reader(text: str) -> None:
    for read in (normalise_domain, normalise_email, normalise_postal_code, normalise_naf):
        assert read(read(text)) == read(text)
    headcount_band(text)

"""Names of companies, compared."""

import pytest

from events.company import Company, Contact
from events.targeting import Targeting
from services.prospecting.company_names import name_words, same_name
from services.prospecting.exclusions import is_excluded
from services.prospecting.identity import Identity, Key, keys_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("S.A.R.L. Alpha Bois", "alpha bois"),
        ("Alpha Bois SARL", "alpha bois"),
        ("Müller GmbH", "muller"),
        ("Łukasz & Søn Sp. z o.o.", "lukasz son z"),
        ("Œuvres d’Été", "oeuvres d ete"),
        ("Straße AG", "strasse"),
        ("ООО «Ромашка»", "ромашка"),
        ("株式会社トヨタ", "トヨタ"),
        ("!!!", "!!!"),
        ("S.A.", "sa"),
        ("Société", "societe"),
        ("E.D.F", "edf"),
    ],
)
def test_a_name_is_its_words_without_its_legal_form(name: str, words: str) -> None:
    assert " ".join(name_words(name)) == words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("LEZ METAL (groupe X)", "Lez Metal SAS", True),
        ("LezMetal", "Lez Metal", True),
        ("Cabinet Azur", "Cabinet Lilas", False),
        ("Ромашка", "Берёза", False),
        ("!!!", "???", False),
    ],
)
def test_names_are_the_same_or_not(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


def test_only_what_identifies_is_a_key() -> None:
    nowhere = Company(name="Alpha", website="https://www.doctolib.fr/alpha")
    assert keys_of(nowhere) == []
    assert keys_of(nowhere.model_copy(update={"city": "Saint-Étienne"})) == [
        ("name", "alpha/saint etienne")
    ]
    assert keys_of(Company(name="alpha.example", website="alpha.example")) == [
        ("domain", "alpha.example")
    ]


def test_the_ids_of_keys_that_stay_are_those_of_before() -> None:
    """Derived by the version that shipped before names left out legal forms."""
    identity = Identity(b"k" * 32)
    known = {
        Key("siren", "732829320"): "p1-hia2irgs27sqkl6juxjgxske2w",
        Key("domain", "imaginaire.example"): "p1-dyw7wxshtx4a65bgs6fs5ndnsd",
        Key("email", "ada@imaginaire.example"): "p1-qemcoaya2pa35ourygkeowxcur",
        Key("name", "boulangerie imaginaire/75011"): "p1-qn6oewbgw3slojcdrlpxuffdaf",
    }
    company = Company(
        name="Boulangerie Imaginaire",
        siren="732829320",
        postal_code="75011",
        website="https://www.imaginaire.example/pain",
        contacts=(Contact(email="ada@imaginaire.example"),),
    )
    claims = identity.claims("acme", "c-spring", company)
    assert keys_of(company) == [*known]
    assert [claim.id for claim in claims[:-1]] == [*known.values()]


@pytest.mark.parametrize(
    ("company", "excluded"),
    [
        (Company(name="A", website="https://www.exemple.fr/x"), True),
        (Company(name="A", website="boutique.exemple.fr"), True),
        (Company(name="A", contacts=(Contact(email="ada@exemple.fr"),)), True),
        (Company(name="A", contacts=(Contact(), Contact(email="ada@mail.exemple.fr"))), True),
        (Company(name="A", website="contre-exemple.fr"), False),
        (Company(name="A"), False),
    ],
)
def test_an_excluded_domain_excludes_its_mail_and_what_is_below(
    company: Company, excluded: bool
) -> None:
    targeting = Targeting(exclude_domains=("www.exemple.fr",))
    assert is_excluded(company, targeting) is excluded

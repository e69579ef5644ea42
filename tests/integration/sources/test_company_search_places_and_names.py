"""Which establishment a company is found by, what it is called, and whom one may write to."""

import pytest

from events.company import Contact
from events.targeting import Targeting
from tests.integration.sources.company_search_server import serving
from tests.integration.sources.register import Establishment, Registered
from tests.integration.sources.searching import read, sirens
from tests.unit.sources.sirens import siren_of

PARIS = Establishment("75011", "PARIS", "11")
LYON = Establishment("69003", "LYON", "84")
CLOSED_IN_LYON = Establishment("69001", "LYON", "84", state="F")
HIDDEN_IN_LYON = Establishment("69002", "LYON", "84", diffusion="P")


def person(first: str, last: str, role: str) -> dict[str, str]:
    return {
        "type_dirigeant": "personne physique",
        "nom": last,
        "prenoms": first,
        "qualite": role,
        "date_de_naissance": "1815-12",
        "nationalite": "Britannique",
    }


async def places(register: list[Registered], targeting: Targeting) -> list[tuple[str, str]]:
    with serving(register) as server:
        pages = await read(server, targeting)
    found = [each.company for page in pages for each in page.companies]
    return [(company.postal_code, company.city) for company in found]


async def test_a_company_is_where_its_open_establishment_was_looked_for() -> None:
    chain = Registered(siren_of(1), "CHAINE", establishments=(PARIS, CLOSED_IN_LYON, LYON))
    assert await places([chain], Targeting(departements=("69",))) == [("69003", "Lyon")]
    assert await places([chain], Targeting(postal_codes=("69003",))) == [("69003", "Lyon")]
    assert await places([chain], Targeting(regions=("11",))) == [("75011", "Paris")]
    assert await places([chain], Targeting()) == [("75011", "Paris")]


async def test_a_company_that_left_or_hides_there_is_not_there() -> None:
    left = Registered(siren_of(1), "PARTIE", establishments=(PARIS, CLOSED_IN_LYON))
    hides = Registered(siren_of(2), "CACHEE", establishments=(PARIS, HIDDEN_IN_LYON))
    assert await places([left, hides], Targeting(departements=("69",))) == []


async def test_what_is_skipped_in_one_place_is_found_in_another() -> None:
    left = Registered(siren_of(1), "PARTIE", establishments=(PARIS, CLOSED_IN_LYON))
    both = Targeting(regions=("84",), departements=("75",))
    assert await places([left], both) == [("75011", "Paris")]


@pytest.mark.parametrize(
    ("departement", "postal_code", "city"),
    [("977", "97133", "Saint-Barthelemy"), ("978", "97150", "Saint-Martin")],
)
async def test_the_islands_that_left_guadeloupe_are_asked_by_their_own_code(
    departement: str, postal_code: str, city: str
) -> None:
    register = [
        Registered(siren_of(1), "ILE", establishments=(Establishment(postal_code, city, ""),)),
        Registered(
            siren_of(2),
            "BASSE-TERRE",
            establishments=(Establishment("97100", "BASSE-TERRE", "01"),),
        ),
    ]
    assert await places(register, Targeting(departements=(departement,))) == [(postal_code, city)]


async def test_the_collectivities_of_the_pacific_are_asked_for_too() -> None:
    register = [
        Registered(siren_of(1), "NOUMEA", establishments=(Establishment("98800", "NOUMEA", ""),)),
        Registered(siren_of(2), "PARIS"),
    ]
    assert await places(register, Targeting(departements=("988",))) == [("98800", "Noumea")]


async def names(*register: Registered) -> list[str]:
    with serving(register) as server:
        pages = await read(server, Targeting())
    return [each.company.name for page in pages for each in page.companies]


async def test_a_name_is_the_registered_one_without_brackets_and_not_in_capitals() -> None:
    assert await names(
        Registered(siren_of(1), "L'ATELIER DU BOIS", trade_name="CHEZ BOB", acronym="ADB"),
        Registered(siren_of(2), "SAS MARTIN ET FILS"),
        Registered(siren_of(3), "EDF"),
        Registered(siren_of(4), "ELECTRICITE DE FRANCE", acronym="EDF"),
        Registered(siren_of(5), "AERO CLUB ACNE", acronym="ACNE"),
    ) == [
        "L'Atelier du Bois", "SAS Martin et Fils", "EDF", "Electricite de France", "Aero Club ACNE",
    ]  # fmt: skip


async def test_whoever_is_in_business_alone_goes_by_their_own_name() -> None:
    alone = person("ADA MARIE", "DE LA TOUR", "Entrepreneur")
    assert await names(
        Registered(siren_of(1), None, trade_name="LE FOURNIL", managers=(alone,))
    ) == ["Ada de la Tour"]


async def test_neither_liquidators_nor_administrators_nor_auditors_are_contacts() -> None:
    managers = (
        person("LEA", "LIQUIDE", "Liquidateur"),
        person("JUDE", "JUDICIAIRE", "Administrateur judiciaire"),
        person("PAUL", "PROVISOIRE", "Administrateur provisoire"),
        person("TITOU", "TITULAIRE", "Commissaire aux comptes titulaire"),
        person("SUZY", "SUPPLEANTE", "Commissaire aux comptes suppléant"),
        person("MANDY", "MANDAT", "Mandataire ad hoc"),
        person("[NON-DIFFUSIBLE]", "[NON-DIFFUSIBLE]", "Gérant"),
        person("ADA", "EXEMPLE", "Administrateur"),
        person("JEAN-PIERRE", "D'ARTAGNAN", "Gérant"),
    )
    with serving([Registered(siren_of(1), "UNE", managers=managers)]) as server:
        ((found,),) = [page.companies for page in await read(server, Targeting())]
    assert found.company.contacts == (
        Contact(name="Ada Exemple", title="Administrateur"),
        Contact(name="Jean-Pierre d'Artagnan", title="Gérant"),
    )
    assert "1815" not in repr(found)
    assert "Britannique" not in repr(found)


async def test_two_sirens_of_one_company_are_one_by_the_pivot() -> None:
    register = [
        Registered(siren_of(1), "PIVOT"),
        Registered(siren_of(2), "DOUBLE", pivot=siren_of(1)),
        Registered(siren_of(4), "DOUBLE SEULE", pivot=siren_of(3)),
    ]
    with serving(register) as server:
        found = sirens(await read(server, Targeting()))
    assert found == [siren_of(1), siren_of(3)]

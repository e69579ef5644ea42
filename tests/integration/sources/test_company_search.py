"""The French company search, read from a local server that speaks its schema."""

from events.company import Contact
from events.targeting import Targeting
from services.french.naf import NAF_CODES
from tests.integration.sources.company_search_server import serving
from tests.integration.sources.register import Establishment, Registered
from tests.integration.sources.searching import read, sirens
from tests.unit.sources.sirens import siren_of

LYON = Establishment("69003", "LYON", "84")
NICE = Establishment("06000", "NICE", "93")
PARIS = Establishment("75011", "PARIS", "11")

IMAGINAIRE = Registered(
    siren_of(80_000_000),
    "SOCIETE IMAGINAIRE",
    establishments=(LYON,),
    managers=(
        {
            "type_dirigeant": "personne physique",
            "nom": "EXEMPLE",
            "prenoms": "ADA MARIE",
            "qualite": "Présidente de SAS",
            "date_de_naissance": "1815-12",
            "annee_de_naissance": "1815",
            "nationalite": "Britannique",
        },
        {
            "type_dirigeant": "personne physique",
            "nom": "COMPTE",
            "prenoms": "REMI",
            "qualite": "Commissaire aux comptes titulaire",
        },
        {"type_dirigeant": "personne morale", "siren": "", "denomination": "HOLDING"},
    ),
    finances={"2023": {"ca": 900_000}, "2024": {"ca": 1_234_567}},
)


async def test_a_result_becomes_a_company_with_words_to_quote() -> None:
    with serving([IMAGINAIRE]) as server:
        ((found,),) = [page.companies for page in await read(server, Targeting())]
    company = found.company
    assert company.siren == IMAGINAIRE.siren
    assert (company.activity, company.headcount_band, company.category) == ("62.01Z", "12", "PME")
    assert (company.postal_code, company.city) == ("69003", "Lyon")
    assert company.contacts == (Contact(name="Ada Exemple", title="Présidente de SAS"),)
    assert found.url == f"https://annuaire-entreprises.data.gouv.fr/entreprise/{company.siren}"
    assert company.text == (
        f"Societe Imaginaire (SIREN {company.siren}) a pour activité principale 62.01Z. Son siège "
        "est à Lyon (69003) ; effectif : 20 à 49 salariés. Chiffre d'affaires 2024 : 1 234 567 €. "
        "Dirigeant : Ada Exemple, Présidente de SAS."
    )


async def test_birth_dates_and_nationality_go_nowhere() -> None:
    with serving([IMAGINAIRE]) as server:
        pages = await read(server, Targeting())
    assert "1815" not in repr(pages)
    assert "Britannique" not in repr(pages)


async def test_only_companies_that_are_open_and_public_are_taken() -> None:
    register = [
        Registered(siren_of(1), "OPEN"),
        Registered(siren_of(2), "HIDDEN", diffusion="P"),
        Registered(siren_of(3), "CLOSED", state="C"),
        Registered(siren_of(4), "UNWANTED"),
    ]
    with serving(register) as server:
        pages = await read(server, Targeting(exclude_sirens=(siren_of(4),)))
    assert sirens(pages) == [siren_of(1)]


async def test_a_place_or_another_and_an_activity_or_another_are_asked_one_by_one() -> None:
    register = [
        Registered(siren_of(1), "CODE IN DEPARTEMENT", establishments=(LYON,)),
        Registered(siren_of(2), "CODE IN REGION", establishments=(NICE,)),
        Registered(siren_of(3), "SECTION IN POSTAL CODE", naf="10.71C", section="C"),
        Registered(siren_of(4), "OTHER ACTIVITY", naf="01.11Z", section="A"),
        Registered(siren_of(5), "OTHER HEADCOUNT", band="53"),
        Registered(
            siren_of(6), "OTHER PLACE", establishments=(Establishment("29200", "BREST", "53"),)
        ),
        Registered(siren_of(7), "IN ALL PLACES", establishments=(NICE, LYON, PARIS)),
    ]
    targeting = Targeting(
        activities=("62",),
        sections=("C",),
        departements=("69",),
        regions=("93",),
        postal_codes=("75011",),
        headcount_bands=("12", "21"),
    )
    with serving(register) as server:
        found = sirens(await read(server, targeting))
    assert sorted(found) == sorted(siren_of(n) for n in (1, 2, 3, 7))


async def test_reading_goes_on_from_any_cursor() -> None:
    with serving(Registered(siren_of(n), f"N{n}") for n in range(1, 101)) as server:
        whole = await read(server, Targeting(activities=("62.01Z",)))
        assert [len(page.companies) for page in whole] == [25] * 4
        for at, page in enumerate(whole):
            rest = await read(server, Targeting(activities=("62.01Z",)), page.cursor)
            assert sirens(rest) == sirens(whole[at + 1 :])
            assert rest[-1].exhausted


async def test_a_cursor_of_another_targeting_begins_anew() -> None:
    with serving(Registered(siren_of(n), f"N{n}") for n in range(1, 51)) as server:
        (first,) = await read(server, Targeting(activities=("62.01Z",)), most=1)
        pages = await read(server, Targeting(departements=("75",)), first.cursor)
    assert len(sirens(pages)) == 50


async def test_past_ten_thousand_results_nothing_is_lost_or_double() -> None:
    postal_codes = [f"75{n:03d}" for n in (*range(1, 21), 116)]
    register = [
        Registered(
            siren_of(n),
            f"N{n}",
            naf=("62.01Z", "62.02A")[n % 2] if n < 13_000 else NAF_CODES[n % 700],
            establishments=(
                Establishment(postal_codes[n % 21], "PARIS", "11"),
                *([LYON] if n % 40 == 0 else []),
            ),
        )
        for n in range(1, 13_500)
    ]
    with serving(register) as server:
        pages = await read(server, Targeting(regions=("11", "84"), headcount_bands=("12",)))
        found = sirens(pages)
        assert len(found) == len({*found})
        assert {*found} == {company.siren for company in register}
        assert [page.exhausted for page in pages].count(True) == 1
        middle = len(pages) // 2
        rest = await read(
            server, Targeting(regions=("11", "84"), headcount_bands=("12",)), pages[middle].cursor
        )
    assert {*sirens(pages[: middle + 1]), *sirens(rest)} == {*found}


async def test_a_search_has_no_words_since_nine_digits_would_switch_its_filters_off() -> None:
    with serving([IMAGINAIRE]) as server:
        await read(server, Targeting(departements=("69",), exclude_sirens=(siren_of(4),)))
    assert [*filter(lambda asked: "q" in asked, server.requests)] == []
    assert "matching_etablissements" in server.requests[0]["include"]


async def test_an_empty_answer_is_the_last_page() -> None:
    with serving([]) as server:
        (page,) = await read(server, Targeting(activities=("62.01Z",)))
        assert (page.companies, page.exhausted) == ((), True)
        assert [p.exhausted for p in await read(server, Targeting(), page.cursor)] == [True]

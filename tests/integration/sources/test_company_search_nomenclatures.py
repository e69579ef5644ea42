"""A search in NAF rév. 2 or in NAF 2025, by whatever the targeting is in."""

import pytest

from events.targeting import Targeting
from services.french.naf import section_of
from services.sources.companies.query import queries
from services.sources.source import SourceRejected
from tests.integration.sources.company_search_server import serving
from tests.integration.sources.register import Registered
from tests.integration.sources.searching import read
from tests.unit.sources.sirens import siren_of

SOFTWARE = Registered(siren_of(1), "LOGICIELS", naf="62.01Z", naf_2025="62.10Y")
MAINTENANCE = Registered(siren_of(2), "MAINTENANCE", naf="62.02B", naf_2025="62.20H")
FINANCE = Registered(siren_of(3), "FINANCE", naf="64.19Z", section="K", naf_2025="64.19Y")
UNCODED = Registered(siren_of(4), "SANS CODE 2025", naf="62.03Z")
EMBASSY = Registered(siren_of(5), "AMBASSADE", naf="99.00Z", section="U", naf_2025="99.00Y")
SHOP = Registered(siren_of(6), "EPICERIE", naf="47.11D", section="G", naf_2025="47.11J")
GO_BETWEEN = Registered(siren_of(7), "INTERMEDIAIRE", naf="47.11D", section="G", naf_2025="47.91Y")
ALL = (SOFTWARE, MAINTENANCE, FINANCE, UNCODED, EMBASSY, SHOP, GO_BETWEEN)


async def found(targeting: Targeting) -> list[tuple[str, str, str]]:
    with serving(ALL) as server:
        pages = await read(server, targeting)
    companies = [each.company for page in pages for each in page.companies]
    return [(c.name, c.activity, c.activity_nomenclature) for c in companies]


async def test_the_code_of_rev_2_is_kept_as_such() -> None:
    assert await found(Targeting(activities=("62.01Z",))) == [("Logiciels", "62.01Z", "NAFRev2")]
    assert [name for name, *_ in await found(Targeting(sections=("K",)))] == ["Finance"]


async def test_a_code_of_2025_finds_what_is_coded_so() -> None:
    assert await found(Targeting(activities=("62.10Y",))) == [("Logiciels", "62.01Z", "NAFRev2")]


async def test_of_a_code_that_was_split_only_the_part_asked_for_is_taken() -> None:
    assert await found(Targeting(activities=("47.91Y",))) == [
        ("Intermediaire", "47.91Y", "NAF2025")
    ]


async def test_a_company_without_a_code_of_2025_may_be_the_part_asked_for() -> None:
    names = [name for name, *_ in await found(Targeting(activities=("62.20H",)))]
    assert names == ["Maintenance", "Sans Code 2025"]


async def test_the_same_letter_is_another_section_in_2025() -> None:
    names = [name for name, *_ in await found(Targeting(sections_2025=("K", "V")))]
    assert names == ["Logiciels", "Maintenance", "Sans Code 2025", "Ambassade"]


async def test_what_the_service_has_no_code_for_is_not_a_search_for_anything() -> None:
    assert await found(Targeting(activities=("46.89Y",))) == []


async def test_a_code_that_nobody_knows_is_refused_and_does_not_find_nothing() -> None:
    with pytest.raises(SourceRejected, match=r"72\.2Z"):
        await found(Targeting(activities=("62.01Z", "72.2Z")))


def test_a_service_that_changed_over_is_asked_in_2025() -> None:
    targeting = Targeting(activities=("62.02B",), sections=("K",), sections_2025=("V",))
    (query,) = queries(targeting, "NAF2025")
    assert query.section_activite_principale == ()
    assert query.activite_principale[:2] == ("62.20H", "99.00Y")
    assert {section_of(code) for code in query.activite_principale[2:]} == {"L"}

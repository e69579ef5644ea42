"""The invented companies that ship with Filon."""

import re

from events.targeting import HEADCOUNT_BANDS, Targeting
from services.french.headcount import headcount_band
from services.french.naf import normalise_naf
from services.french.places import normalise_postal_code
from services.identifiers.domains import normalise_domain
from services.sources.sample import Sample, sample_companies
from services.sources.source import Source, SourcePage

FICTION = re.compile(r"(01 99 00|02 61 91|03 53 01|04 65 71|05 36 49|06 39 98) \d\d \d\d")


async def read(targeting: Targeting, cursor: str = "") -> list[SourcePage]:
    source: Source = Sample()
    return [page async for page in source.pages(targeting, cursor)]


async def test_two_hundred_companies_come_in_pages_of_25() -> None:
    pages = await read(Targeting())
    assert [len(page.companies) for page in pages] == [25] * 8
    assert [page.exhausted for page in pages] == [False] * 7 + [True]
    assert len({normalise_domain(f.company.website) for p in pages for f in p.companies}) == 200


async def test_reading_goes_on_from_a_cursor() -> None:
    pages = await read(Targeting())
    assert await read(Targeting(), pages[2].cursor) == pages[3:]


async def test_excluded_domains_are_left_out() -> None:
    unwanted = normalise_domain(sample_companies()[0].website)
    pages = await read(Targeting(exclude_domains=(f"www.{unwanted}",)))
    assert sum(len(page.companies) for page in pages) == 199


def test_nobody_real_can_be_reached_through_them() -> None:
    for company in sample_companies():
        assert not company.siren
        assert normalise_domain(company.website).endswith(".example")
        for contact in company.contacts:
            assert not contact.phone or FICTION.fullmatch(contact.phone)
            assert not contact.email or contact.email.endswith(".example")


def test_their_words_say_what_their_fields_do() -> None:
    for company in sample_companies():
        assert "fictive" in company.text
        assert normalise_naf(company.activity) == company.activity
        assert normalise_postal_code(company.postal_code) == company.postal_code
        for value in (company.name, company.activity, company.city, company.postal_code):
            assert value in company.text
        for contact in company.contacts:
            assert f"{contact.name}" in company.text
            assert contact.title in company.text
        if company.headcount_band:
            assert company.headcount_band in HEADCOUNT_BANDS
            (words,) = re.findall(r"\d[\d ]*(?: (?:à|ou) [\d ]+)? salariés", company.text)
            assert headcount_band(words) == company.headcount_band


def test_they_are_varied() -> None:
    companies = sample_companies()
    assert len({c.activity for c in companies}) > 20
    assert len({c.postal_code for c in companies}) > 20
    assert len({c.headcount_band for c in companies}) > 8
    assert sum(1 for c in companies if not c.contacts) > 10


async def test_reading_after_the_end_says_that_it_is_the_end() -> None:
    pages = await read(Targeting())
    assert await read(Targeting(), pages[-1].cursor) == [SourcePage((), "225", exhausted=True)]

"""Companies of the French company search that a targeting asks for."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import httpx
from pydantic import Field

from events.company import How, Nomenclature
from events.targeting import Targeting
from services.french.naf import codes_under
from services.prospecting.exclusions import is_excluded
from services.settings import About, HomeSettings
from services.sources.companies.api import SearchApi
from services.sources.companies.breaker import Breaker
from services.sources.companies.cursor import SearchPosition, parse_cursor
from services.sources.companies.mapping import (
    activity_of,
    found,
    is_public,
    place_of,
    siren_of,
)
from services.sources.companies.query import MOST_PAGES, MOST_RESULTS, Query, queries, split
from services.sources.companies.schema import Answer
from services.sources.companies.slots import FileSlots
from services.sources.source import Found, SourcePage, SourceRejected

_log = logging.getLogger(__name__)


class CompanySearchSettings(HomeSettings):
    """Which search is asked, and how its workers keep to its rate."""

    companies_url: Annotated[
        str,
        Field(pattern=r"^https?://."),
        About("the French company search", expects="setting.an-address"),
    ] = "https://recherche-entreprises.api.gouv.fr"
    companies_nomenclature: Annotated[
        Nomenclature,
        About(
            "the nomenclature of activities that the search is asked in; it is to change over to "
            "`NAF2025` with the reference, on 2027-01-01",
            expects="setting.a-nomenclature",
        ),
    ] = "NAFRev2"

    @property
    def slots(self) -> Path:
        """The file by which the workers of this folder share their rate."""
        return self.home / "run" / "companies.slots"


class CompanySearch:
    """A `services.sources.source.Source`.

    A company with establishments in several parts of a search comes once; after a resumption it may
    come once more, as what came before is not kept.
    """

    name = "companies"
    how: How = "api"

    def __init__(self, api: SearchApi, nomenclature: Nomenclature = "NAFRev2") -> None:
        self._api = api
        self._nomenclature = nomenclature

    @classmethod
    def of(cls, settings: CompanySearchSettings) -> "CompanySearch":
        """One a process: it holds the connections and the breaker."""
        headers = {"User-Agent": "Filon", "Accept": "application/json"}
        http = httpx.AsyncClient(base_url=settings.companies_url, headers=headers, timeout=20)
        api = SearchApi(http, FileSlots(settings.slots), Breaker())
        return cls(api, settings.companies_nomenclature)

    async def close(self) -> None:
        await self._api.close()

    async def pages(self, targeting: Targeting, cursor: str) -> AsyncIterator[SourcePage]:
        _refuse_unknown(targeting)
        whole = queries(targeting, self._nomenclature)
        position = parse_cursor(cursor, whole)
        seen: set[str] = set()
        if position.is_end(whole):
            yield SourcePage((), cursor, exhausted=True)
        while not position.is_end(whole):
            query = position.query(whole)
            answer = await self._api.search(query.params(position.page))
            if position.page == 1 and answer.total_results >= MOST_RESULTS:
                if split(query):
                    position = SearchPosition((*position.path, 0))
                    continue
                _log.warning("company_search.truncated", extra={"query": query.params(1)})
            position = _next(position, answer, whole)
            companies = _wanted(answer, query, targeting, seen)
            if companies or position.is_end(whole):
                yield SourcePage(companies, position.encode(whole), position.is_end(whole))


def _refuse_unknown(targeting: Targeting) -> None:
    """Campaigns that were made before such codes were refused would find nothing, without a word.

    Raises SourceRejected, in the service's language."""
    if unknown := [start for start in targeting.activities if not codes_under([start])]:
        raise SourceRejected(f"Aucun code NAF ne commence par {', '.join(unknown)}.")


def _next(position: SearchPosition, answer: Answer, whole: list[Query]) -> SearchPosition:
    if position.page < min(answer.total_pages, MOST_PAGES):
        return replace(position, page=position.page + 1)
    return position.after_part(whole)


def _wanted(
    answer: Answer, query: Query, targeting: Targeting, seen: set[str]
) -> tuple[Found, ...]:
    """What is public, where it was looked for, not excluded and not `seen`, which it joins."""
    chosen: list[Found] = []
    for result in answer.results:
        place = place_of(result, asked=query.asks_place)
        activity = activity_of(result, targeting)
        if not is_public(result) or place is None or activity is None or siren_of(result) in seen:
            continue
        seen.add(siren_of(result))
        chosen.append(found(result, place, activity))
    return tuple(item for item in chosen if not is_excluded(item.company, targeting))

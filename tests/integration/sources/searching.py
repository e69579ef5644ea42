"""A company search on a local server, at full speed."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx

from events.targeting import Targeting
from services.sources.companies import CompanySearch
from services.sources.companies.api import SearchApi
from services.sources.companies.breaker import Breaker
from services.sources.source import SourcePage
from tests.integration.sources.company_search_server import CompanySearchServer


async def at_once() -> None:
    """A slot that is always free."""


@asynccontextmanager
async def api_of(
    server: CompanySearchServer,
    sleep: Callable[[float], Awaitable[None]],
    breaker: Breaker | None = None,
) -> AsyncIterator[SearchApi]:
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as http:
        yield SearchApi(http, at_once, breaker or Breaker(), sleep)


async def read(
    server: CompanySearchServer, targeting: Targeting, cursor: str = "", most: int = 10_000
) -> list[SourcePage]:
    """The first `most` pages from `cursor` on."""

    async def never(seconds: float) -> None:
        raise AssertionError(f"nothing to wait {seconds} s for")

    pages: list[SourcePage] = []
    async with api_of(server, never) as api:
        async for page in CompanySearch(api).pages(targeting, cursor):
            pages.append(page)
            if len(pages) == most:
                break
    return pages


def sirens(pages: list[SourcePage]) -> list[str]:
    return [found.company.siren for page in pages for found in page.companies]

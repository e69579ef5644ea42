"""The sources that a campaign may name, for the researcher to read page by page."""

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager

from events.company import How
from events.targeting import Targeting
from services.sources.companies import CompanySearch, CompanySearchSettings
from services.sources.sample import Sample
from services.sources.source import Source, SourceFailed, SourcePage, SourceRejected

_log = logging.getLogger(__name__)


class SourceUnreadable(Exception):
    """The source does not answer for now; `reason` is a code (`reason.…` in the wording). Where it
    refuses the question, for good, `said` has its own words."""

    def __init__(
        self, source: str, reason: str, retry_after: float = 0, said: str | None = None
    ) -> None:
        super().__init__(source, reason)
        self.source = source
        self.reason = reason
        self.retry_after = retry_after
        """Seconds."""
        self.said = said


class ImportedLists:
    """Lines of an imported list are prospects already: nothing is left to read."""

    name = "csv"
    how: How = "import"

    async def pages(self, targeting: Targeting, cursor: str) -> AsyncIterator[SourcePage]:
        yield SourcePage((), cursor, exhausted=True)


Sources = Mapping[str, Source]
"""By name."""


@asynccontextmanager
async def all_sources() -> AsyncIterator[Sources]:
    """Every source there is; their connections are closed at the end."""
    search = CompanySearch.of(CompanySearchSettings.load())
    try:
        yield {source.name: source for source in (ImportedLists(), Sample(), search)}
    finally:
        await search.close()


async def read_page(sources: Sources, name: str, targeting: Targeting, cursor: str) -> SourcePage:
    """The page at `cursor`; raises `SourceUnreadable`."""
    if (source := sources.get(name)) is None:
        raise SourceUnreadable(name, "unsupported")
    try:
        async with aclosing(source.pages(targeting, cursor)) as pages:  # type: ignore[type-var]  # a generator in each source
            async for page in pages:
                return page
    except SourceRejected as refused:
        _log.warning("source.rejected source=%s reason=%s", name, refused.reason)
        raise SourceUnreadable(name, "rejected", said=refused.reason) from refused
    except SourceFailed as failed:
        _log.warning("source.failed source=%s reason=%s", name, failed.reason)
        raise SourceUnreadable(name, "unreachable", failed.retry_after) from failed
    return SourcePage((), cursor, exhausted=True)

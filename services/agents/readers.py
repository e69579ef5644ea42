"""The sources that a campaign may name, for the researcher to read page by page."""

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing

from events.company import How
from events.targeting import Targeting
from services.sources.page import Page, Source, SourceFailed
from services.sources.sample import Sample


class Unreadable(Exception):
    """The source does not answer for now."""

    def __init__(self, source: str, reason: str, retry_after: float = 0) -> None:
        super().__init__(source, reason)
        self.source = source
        self.reason = reason
        self.retry_after = retry_after
        """Seconds."""


class ImportedLists:
    """Lines of an imported list are prospects already: nothing is left to read."""

    name = "csv"
    how: How = "import"

    async def pages(self, targeting: Targeting, cursor: str) -> AsyncIterator[Page]:
        yield Page((), cursor, exhausted=True)


Sources = Mapping[str, Source]
"""By name."""


def sources_from_env() -> Sources:
    return {source.name: source for source in (ImportedLists(), Sample())}


async def read_page(sources: Sources, name: str, targeting: Targeting, cursor: str) -> Page:
    """The page at `cursor`; raises `Unreadable`."""
    if (source := sources.get(name)) is None:
        raise Unreadable(name, "unsupported")
    try:
        async with aclosing(source.pages(targeting, cursor)) as pages:  # type: ignore[type-var]  # a generator in each source
            async for page in pages:
                return page
    except SourceFailed as failed:
        raise Unreadable(name, failed.reason, failed.retry_after) from failed
    return Page((), cursor, exhausted=True)

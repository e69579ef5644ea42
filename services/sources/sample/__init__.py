"""About two hundred invented companies, so that a first campaign needs nothing at hand.

Their domains end in `.example`, their telephone numbers are of the ranges that ARCEP keeps for
fiction, and they have no SIREN, for any valid one could become somebody's.
"""

from collections.abc import AsyncIterator
from importlib.resources import files

from events.company import Company, How
from events.targeting import Targeting
from services.prospecting.exclusions import is_excluded
from services.sources.source import Found, SourcePage

PAGE_SIZE = 25


class Sample:
    """A `services.sources.source.Source`; its cursor is the number of companies read."""

    name = "sample"
    how: How = "import"

    async def pages(self, targeting: Targeting, cursor: str) -> AsyncIterator[SourcePage]:
        companies = sample_companies()
        first = int(cursor or 0)
        for start in range(first, max(len(companies), first + 1), PAGE_SIZE):
            end = start + PAGE_SIZE
            wanted = (c for c in companies[start:end] if not is_excluded(c, targeting))
            found = tuple(Found(company, company.website) for company in wanted)
            yield SourcePage(found, str(end), exhausted=end >= len(companies))


def sample_companies() -> list[Company]:
    text = files(__package__).joinpath("companies.jsonl").read_text("utf-8")
    return [Company.model_validate_json(line) for line in text.splitlines()]

"""A source's pages, one like the other, for the researcher to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from events.campaign import Source
from events.targeting import Targeting
from services.prospecting.placing import Finding
from services.sources.siren import normalise_domain


class SourceFailed(Exception):
    """The source does not answer; `reason` is a code."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(source, reason)
        self.source = source
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Page:
    """Companies of a source, and where to go on."""

    findings: Sequence[Finding]
    cursor: str
    exhausted: bool


class Reader(Protocol):
    """Reads one source, page by page."""

    async def read(self, targeting: Targeting, cursor: str) -> Page:
        """The page at `cursor`, the first one where it is empty; raises `SourceFailed`."""
        ...


class ImportedLists:
    """Lines of an imported list are prospects already: nothing is left to read."""

    async def read(self, targeting: Targeting, cursor: str) -> Page:
        return Page((), "", exhausted=True)


def wanted(findings: Sequence[Finding], targeting: Targeting) -> list[Finding]:
    """Without those that the targeting excludes by name."""
    domains = {normalise_domain(domain) for domain in targeting.exclude_domains} - {""}
    return [
        finding
        for finding in findings
        if finding.company.siren not in targeting.exclude_sirens
        if normalise_domain(finding.company.website) not in domains
    ]


Readers = dict[Source, Reader]

"""Reading a person's list of companies into a campaign."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from events.campaign import CampaignImported
from events.subjects import campaign_address, everything
from services.prospecting import campaign as decisions
from services.prospecting.campaign import Campaign
from services.prospecting.context import Changes, Context
from services.prospecting.deduplication import Finding, Placement
from services.prospecting.exclusions import is_excluded
from services.prospecting.handlers.campaigns import load_campaign
from services.prospecting.handlers.finding import BATCH, Campaigned, find
from services.prospecting.handlers.repository import Loaded, Saved, carry_out
from services.prospecting.identity import is_keyless, record_of
from services.prospecting.lists import AcceptedLine, MergedLine, RefusedLine, Row

SOURCE = "csv"
MOST_TOLD = 1000
"""Refused lines that a report tells apart, and merged ones; beyond, they are only counted."""


@dataclass(slots=True)
class ImportReport:
    """What became of a list's lines, and where the log holds it."""

    accepted: int = 0
    duplicates: int = 0
    found: int = 0
    """Accepted lines that are new prospects."""
    refused: list[RefusedLine] = field(default_factory=list)
    refused_count: int = 0
    merged: list[MergedLine] = field(default_factory=list)
    """Lines, accepted or duplicate, that joined a prospect that was there."""
    sequence: int = 0

    @property
    def lines(self) -> int:
        """Each is counted once."""
        return self.accepted + self.duplicates + self.refused_count

    def refuse(self, line: RefusedLine) -> None:
        self.refused_count += 1
        if len(self.refused) < MOST_TOLD:
            self.refused.append(line)

    def tell(self, line: AcceptedLine, placement: Placement, most: int | None) -> None:
        if placement.outcome == "erased":
            self.refuse(RefusedLine(line.line, "import.erased", {}))
            return
        if placement.outcome == "full":
            self.refuse(RefusedLine(line.line, "import.full", {"most": str(most)}))
            return
        self.found += placement.outcome == "found"
        if placement.outcome == "known":
            self.duplicates += 1
        else:
            self.accepted += 1
        if (into := placement.into) and len(self.merged) < MOST_TOLD:
            self.merged.append(MergedLine(line.line, into.id, into.company.name, into.by))


async def import_companies(ctx: Context, campaign: Campaigned, rows: Iterator[Row]) -> ImportReport:
    """Each accepted line is a prospect once this returns. The same list, sent again, adds only
    what is missing. Once the campaign has `maxProspects`, lines only say more of those that are
    there, and others are refused. Raises `CampaignNotFound`, `CampaignEnded`, and what `rows`
    raises."""
    loaded = await load_campaign(campaign.log, ctx.org, campaign.id)
    decisions.accept_imports(loaded.state)
    most = loaded.state.targeting.max_prospects
    before = 0 if most is None else await _count(ctx, campaign)
    report = ImportReport()
    alike: Counter[str] = Counter()
    number = 0
    while batch := await asyncio.to_thread(lambda: list(islice(rows, BATCH))):
        lines: list[AcceptedLine] = []
        for row in batch:
            if isinstance(row, RefusedLine):
                report.refuse(row)
            elif is_excluded(row.company, loaded.state.targeting):
                report.refuse(RefusedLine(row.line, "import.excluded", {}))
            else:
                lines.append(row)
        findings = [_finding(line, alike) for line in lines]
        room = None if most is None else max(0, most - before - report.found)
        placements = await find(ctx.part(number), campaign, findings, room=room)
        for line, placement in zip(lines, placements, strict=True):
            report.tell(line, placement, most)
        number += 1
    report.sequence = (await _record(ctx, campaign, report)).sequence
    return report


async def _count(ctx: Context, campaign: Campaigned) -> int:
    """How many prospects lists and agents have found. Two lists that come at the same moment are
    each counted without the other."""
    filters = [everything(ctx.org, campaign.id, "prospect", event_type="ProspectFound")]
    last = (await campaign.log.head()).last
    batches = campaign.log.follow(0, filters, until=last)
    return sum([len(batch.events) async for batch in batches])


def _finding(line: AcceptedLine, alike: Counter[str]) -> Finding:
    """`alike` counts the records that nothing identifies: each is a prospect of its own."""
    occurrence = 0
    if is_keyless(line.company):
        record = record_of(line.company)
        occurrence, alike[record] = alike[record], alike[record] + 1
    return Finding(company=line.company, source=SOURCE, how="import", occurrence=occurrence)


async def _record(ctx: Context, campaign: Campaigned, report: ImportReport) -> Saved[Campaign]:
    """On record even where the campaign ended while its list was read."""

    def decide(loaded: Loaded[Campaign], changes: Changes) -> None:
        fact = CampaignImported(
            accepted=report.accepted,
            duplicates=report.duplicates,
            refused=report.refused_count,
            found=report.found,
        )
        changes.add(campaign_address(ctx.org, campaign.id), loaded.version, [fact])

    read = partial(load_campaign, campaign.log, ctx.org, campaign.id)
    return await carry_out(campaign.log, ctx, read, decide)

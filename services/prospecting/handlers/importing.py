"""Reading a person's list of companies into a campaign."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from events.campaign import CampaignImported
from events.subjects import campaign_address
from events.targeting import Targeting
from services.prospecting import campaign as decisions
from services.prospecting.campaign import Campaign
from services.prospecting.context import Changes, Context
from services.prospecting.deduplication import Finding
from services.prospecting.exclusions import is_excluded
from services.prospecting.handlers.campaigns import load_campaign
from services.prospecting.handlers.finding import BATCH, Campaigned, find
from services.prospecting.handlers.repository import Loaded, Saved, carry_out
from services.prospecting.lists import AcceptedLine, RefusedLine, Row

SOURCE = "csv"
MOST_REFUSALS = 1000
"""Refused lines that a report tells apart; beyond, they are only counted."""


@dataclass(slots=True)
class ImportReport:
    """What became of a list's lines, and where the log holds it."""

    accepted: int = 0
    duplicates: int = 0
    refused: list[RefusedLine] = field(default_factory=list)
    refused_count: int = 0
    sequence: int = 0

    def refuse(self, line: RefusedLine) -> None:
        self.refused_count += 1
        if len(self.refused) < MOST_REFUSALS:
            self.refused.append(line)


async def import_companies(ctx: Context, campaign: Campaigned, rows: Iterator[Row]) -> ImportReport:
    """Each accepted line is a prospect once this returns. The same list, sent again, adds only
    what is missing. Raises `CampaignNotFound`, `CampaignEnded`, and what `rows` raises."""
    loaded = await load_campaign(campaign.log, ctx.org, campaign.id)
    decisions.accept_imports(loaded.state)
    report = ImportReport()
    number = 0
    while lines := await asyncio.to_thread(_next_lines, rows):
        await _import(ctx.part(number), campaign, loaded.state.targeting, lines, report)
        number += 1
    report.sequence = (await _record(ctx, campaign, report)).sequence
    return report


def _next_lines(rows: Iterator[Row]) -> list[Row]:
    return list(islice(rows, BATCH))


async def _import(
    ctx: Context, campaign: Campaigned, targeting: Targeting, lines: list[Row], report: ImportReport
) -> None:
    accepted: list[AcceptedLine] = []
    for line in lines:
        if isinstance(line, RefusedLine):
            report.refuse(line)
        elif is_excluded(line.company, targeting):
            report.refuse(RefusedLine(line.line, "import.excluded", {}))
        else:
            accepted.append(line)
    findings = [Finding(company=a.company, source=SOURCE, how="import") for a in accepted]
    outcomes = await find(ctx, campaign, findings)
    for line, outcome in zip(accepted, outcomes, strict=True):
        if outcome == "erased":
            report.refuse(RefusedLine(line.line, "import.erased", {}))
    report.accepted += outcomes.count("found") + outcomes.count("enriched")
    report.duplicates += outcomes.count("known")


async def _record(ctx: Context, campaign: Campaigned, report: ImportReport) -> Saved[Campaign]:
    """On record even where the campaign ended while its list was read."""

    def decide(loaded: Loaded[Campaign], changes: Changes) -> None:
        fact = CampaignImported(
            accepted=report.accepted, duplicates=report.duplicates, refused=report.refused_count
        )
        changes.add(campaign_address(ctx.org, campaign.id), loaded.version, [fact])

    read = partial(load_campaign, campaign.log, ctx.org, campaign.id)
    return await carry_out(campaign.log, ctx, read, decide)

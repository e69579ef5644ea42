"""Lists of companies: what a CSV would be read as, and reading it into a campaign."""

import asyncio

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from events.fact import Value
from services.edge.api import corrections
from services.edge.api.only_lists import only_lists
from services.edge.http import existence
from services.edge.http.commands import Command, OperatorCommand
from services.edge.http.idempotency import Once, once
from services.edge.http.languages import of as language_of
from services.edge.http.problems import Problem
from services.edge.http.queries import CURSOR
from services.edge.http.responses import REFUSED, problems
from services.edge.http.uploads import Upload, described, digest, uploaded
from services.prospecting.errors import Refused
from services.prospecting.handlers.finding import Campaigned
from services.prospecting.handlers.importing import ImportReport, import_companies
from services.prospecting.identity import KeyKind
from services.sources.csv import read_companies
from services.wording import Language, render

router = APIRouter(prefix="/api", tags=["import"], responses=REFUSED)


class RefusedRow(Value):
    line: int
    reason: str


class MergedRow(Value):
    line: int
    into: str
    """The prospect's id."""
    company: str
    """What that prospect is called."""
    by: KeyKind
    """What they have in common."""


class Imported(Value):
    """What became of each line: `lines` is the sum of `accepted`, `duplicates` and
    `refusedCount`."""

    accepted: int
    """Lines that are new prospects, or said more of known ones."""
    duplicates: int
    refused: tuple[RefusedRow, ...]
    """The first thousand at most."""
    refused_count: int = 0
    lines: int = 0
    merged: tuple[MergedRow, ...] = ()
    """The lines, accepted or duplicates, that joined a prospect; the first thousand at most."""


@router.post(
    "/campaigns/{campaign_id}/import",
    openapi_extra=described(columns=corrections.OPENAPI),
    responses=problems(404, 409),
)
async def import_list(
    campaign_id: str, request: Request, response: Response, command: OperatorCommand
) -> Imported:
    """Sent again, the same list adds only what is missing; cut on its way, it adds nothing."""
    await existence.campaign(command.log, command.org, campaign_id)
    async with uploaded(request) as upload:
        named = once(request)
        if named is None:
            return await _import(campaign_id, request, command, upload)
        return await _import_once(campaign_id, request, response, command, upload, named)


async def _import_once(
    campaign_id: str,
    request: Request,
    response: Response,
    command: Command,
    upload: Upload,
    named: Once,
) -> Imported:
    before = await asyncio.to_thread(named.claim, await digest(upload))
    if before is not None:
        response.headers[CURSOR] = before.headers[CURSOR]
        return Imported.model_validate_json(bytes(before.body))
    try:
        imported = await _import(campaign_id, request, command, upload)
    except (Problem, Refused):
        await asyncio.to_thread(named.release)
        raise
    body = imported.model_dump_json(by_alias=True)
    kept = Response(body, headers={CURSOR: response.headers[CURSOR]})
    await asyncio.to_thread(named.keep, kept)
    return imported


async def _import(campaign_id: str, request: Request, command: Command, upload: Upload) -> Imported:
    campaign = Campaigned(command.log, command.parts.identity, campaign_id)
    said = corrections.said(upload, request)
    known = await corrections.known(command.parts, command.org)
    async with only_lists(request):
        rows = read_companies(upload.file, {**known, **said})
        report = await import_companies(command.ctx, campaign, rows)
    await corrections.remember(command.parts, command.org, said)
    await command.done(report.sequence)
    return _imported(report, language_of(request))


def _imported(report: ImportReport, language: Language) -> Imported:
    refused = tuple(
        RefusedRow(line=row.line, reason=render(row.code, row.params, language))
        for row in report.refused
    )
    return Imported(
        accepted=report.accepted,
        duplicates=report.duplicates,
        refused=refused,
        refused_count=report.refused_count,
        lines=report.lines,
        merged=tuple(
            MergedRow(line=row.line, into=row.into, company=row.name, by=row.by)
            for row in report.merged
        ),
    )

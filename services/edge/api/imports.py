"""Lists of companies: what a CSV would be read as, and reading it into a campaign."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import BinaryIO

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from events.fact import Value
from services.edge.http import existence
from services.edge.http.authentication import Operator
from services.edge.http.commands import Command, OperatorCommand
from services.edge.http.idempotency import Once, once
from services.edge.http.languages import of as language_of
from services.edge.http.problems import Problem
from services.edge.http.queries import CURSOR
from services.edge.http.responses import REFUSED, problems
from services.edge.http.uploads import OPENAPI, digest, uploaded
from services.edge.http.validation import FieldError
from services.prospecting.errors import Refused
from services.prospecting.handlers.finding import Campaigned
from services.prospecting.handlers.importing import ImportReport, import_companies
from services.prospecting.identity import KeyKind
from services.sources.csv import NotCsv, Preview, preview, read_companies
from services.wording import Language, render

router = APIRouter(prefix="/api", tags=["import"], responses=REFUSED)
_NO_TEXT = ("csv.spreadsheet", "csv.pdf", "csv.archive", "csv.image", "csv.binary")


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


class Column(Value):
    header: str
    field: str | None
    """None is kept as it is; `dropped` is not kept."""
    label: str
    """The field in words."""


class Recognised(Value):
    """What the list would be read as."""

    encoding: str
    delimiter: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@router.post("/imports/preview", openapi_extra=OPENAPI)
async def preview_list(request: Request, principal: Operator) -> Recognised:
    """The beginning of the file (64 KiB suffice, but for a workbook), nothing of which is kept."""
    async with uploaded(request) as file, _csv(request):
        seen = await asyncio.to_thread(preview, file)
    return _recognised(seen, language_of(request))


@router.post("/campaigns/{campaign_id}/import", openapi_extra=OPENAPI, responses=problems(404, 409))
async def import_list(
    campaign_id: str, request: Request, response: Response, command: OperatorCommand
) -> Imported:
    """Sent again, the same list adds only what is missing; cut on its way, it adds nothing."""
    await existence.campaign(command.log, command.org, campaign_id)
    async with uploaded(request) as file:
        named = once(request)
        if named is None:
            return await _import(campaign_id, request, command, file)
        return await _import_once(campaign_id, request, response, command, file, named)


async def _import_once(
    campaign_id: str,
    request: Request,
    response: Response,
    command: Command,
    file: BinaryIO,
    named: Once,
) -> Imported:
    before = await asyncio.to_thread(named.claim, await digest(file))
    if before is not None:
        response.headers[CURSOR] = before.headers[CURSOR]
        return Imported.model_validate_json(bytes(before.body))
    try:
        imported = await _import(campaign_id, request, command, file)
    except (Problem, Refused):
        await asyncio.to_thread(named.release)
        raise
    body = imported.model_dump_json(by_alias=True)
    kept = Response(body, headers={CURSOR: response.headers[CURSOR]})
    await asyncio.to_thread(named.keep, kept)
    return imported


async def _import(campaign_id: str, request: Request, command: Command, file: BinaryIO) -> Imported:
    campaign = Campaigned(command.log, command.parts.identity, campaign_id)
    async with _csv(request):
        report = await import_companies(command.ctx, campaign, read_companies(file))
    await command.done(report.sequence)
    return _imported(report, language_of(request))


@asynccontextmanager
async def _csv(request: Request) -> AsyncIterator[None]:
    """Raises `Problem` for a file that is no list of companies: 415 for another format."""
    try:
        yield
    except NotCsv as refused:
        message = render(refused.code, refused.params, language_of(request))
        status = 415 if refused.code in _NO_TEXT else 422
        error = FieldError(field="file", message=message)
        raise Problem(status, refused.code, refused.params, errors=[error]) from refused


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


def _recognised(seen: Preview, language: Language) -> Recognised:
    columns = tuple(
        Column(
            header=header,
            field=field,
            label=render(f"column.{field}", {}, language) if field else header,
        )
        for header, field in seen.columns
    )
    rows = tuple(tuple(row) for row in seen.rows)
    return Recognised(encoding=seen.encoding, delimiter=seen.delimiter, columns=columns, rows=rows)

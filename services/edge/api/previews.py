"""What a list would be read as, before it is imported; and what was refused of it, afterwards."""

import asyncio

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import StreamingResponse

from events.fact import Value
from services.edge.api import corrections, refused_list
from services.edge.api.only_lists import only_lists
from services.edge.http.authentication import Operator
from services.edge.http.languages import of as language_of
from services.edge.http.parts import EdgeParts
from services.edge.http.responses import REFUSED
from services.edge.http.uploads import described, uploaded
from services.sources.csv import Field, Preview, PreviewColumn, preview
from services.wording import Language, render

router = APIRouter(prefix="/api/imports", tags=["import"], responses=REFUSED)


class Column(Value):
    header: str
    field: Field | None
    """None is kept as it is; `dropped` is not kept."""
    label: str
    """The field in words."""
    samples: tuple[str, ...]
    """The first values in it."""
    corrected: bool
    """Whether somebody of the organisation said so, now or with a list before."""
    correctable: bool
    """Whether it may be said to mean something else."""


class Choice(Value):
    field: Field
    label: str


class Recognised(Value):
    """What the list would be read as."""

    encoding: str
    delimiter: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    problem: str | None
    """Why it can't be imported before the meaning of a column is corrected."""
    choices: tuple[Choice, ...]
    """What a column can be said to mean; or nothing of it, and it is kept as it is."""


@router.post("/preview", openapi_extra=described(columns=corrections.OPENAPI))
async def preview_list(request: Request, parts: EdgeParts, principal: Operator) -> Recognised:
    """The beginning of the file (64 KiB suffice, but for a workbook), nothing of which is kept."""
    async with uploaded(request) as upload, only_lists(request):
        said = corrections.said(upload, request)
        known = await corrections.known(parts, principal.org)
        seen = await asyncio.to_thread(preview, upload.file, {**known, **said})
    return _recognised(seen, language_of(request))


@router.post(
    "/refused",
    openapi_extra=described(columns=corrections.OPENAPI, lines=refused_list.OPENAPI),
    responses={200: {"content": {"text/csv": {}}}},
    response_class=StreamingResponse,
)
async def download_refused_lines(
    request: Request, parts: EdgeParts, principal: Operator
) -> StreamingResponse:
    """Of the file that was imported, the lines that were refused, each with its reason: to be
    corrected and sent again. Nothing is kept."""
    async with uploaded(request) as upload, only_lists(request):
        said = corrections.said(upload, request)
        known = await corrections.known(parts, principal.org)
        told = refused_list.told(upload, request)
        language = language_of(request)
        file = await asyncio.to_thread(
            refused_list.written, upload.file, {**known, **said}, told, language
        )
    return refused_list.answer(file)


def _recognised(seen: Preview, language: Language) -> Recognised:
    refusal = seen.refusal
    return Recognised(
        encoding=seen.encoding,
        delimiter=seen.delimiter,
        columns=tuple(_column(column, language) for column in seen.columns),
        rows=tuple(tuple(row) for row in seen.rows),
        problem=render(refusal.code, refusal.params, language) if refusal else None,
        choices=tuple(
            Choice(field=field, label=_label(field, language)) for field in corrections.FIELDS
        ),
    )


def _column(column: PreviewColumn, language: Language) -> Column:
    return Column(
        header=column.header,
        field=column.field,
        label=_label(column.field, language) if column.field else column.header,
        samples=column.samples,
        corrected=column.meaning.corrected,
        correctable=column.correctable,
    )


def _label(field: Field, language: Language) -> str:
    return render(f"column.{field}", {}, language)

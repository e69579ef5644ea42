"""Refused lines as a file of their own."""

import csv
import io
from collections.abc import Iterator, Mapping
from tempfile import SpooledTemporaryFile
from typing import Annotated, BinaryIO, cast

from annotated_types import MaxLen
from pydantic import TypeAdapter
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import StreamingResponse

from events.fact import Value
from services.edge.api.cells import safe
from services.edge.api.corrections import parsed
from services.edge.http.uploads import LINES, Upload
from services.prospecting.lists import RefusedLine
from services.sources.csv import Corrections, refused_lines
from services.wording import Language, render

_IN_MEMORY_BYTES = 1024 * 1024
_BLOCK_BYTES = 64 * 1024


class ToldLine(Value):
    """A line of an import's `refused`."""

    line: int
    reason: str


_TOLD: TypeAdapter[list[ToldLine]] = TypeAdapter(Annotated[list[ToldLine], MaxLen(10_000)])
OPENAPI = {
    "type": "string",
    "contentMediaType": "application/json",
    "description": "The `refused` of the import's answer, as it is. Lines that can't be read are "
    "found without it; those that the campaign refused are not.",
    "example": '[{"line": 4, "reason": "excluded"}]',
}


def told(upload: Upload, request: Request) -> dict[int, str]:
    """Reasons by line, by the form's `lines`. Raises `Problem` 422."""
    return {row.line: row.reason for row in parsed(_TOLD, LINES, upload.fields, request) or []}


def written(
    file: BinaryIO, corrections: Corrections, told: Mapping[int, str], language: Language
) -> BinaryIO:
    """A CSV as spreadsheets open it. Raises NotCsv."""

    def say(row: RefusedLine) -> str:
        return render(row.code, row.params, language)

    lines = refused_lines(file, corrections, told, say)
    header = [render("export.refused", language=language), *next(lines)[1:]]
    spool = SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115  # closed once it is sent
    text = io.TextIOWrapper(cast(BinaryIO, spool), "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(map(safe, header))
    writer.writerows(map(safe, row) for row in lines)
    text.detach()
    spool.seek(0)
    return cast(BinaryIO, spool)


def answer(file: BinaryIO) -> StreamingResponse:
    return StreamingResponse(
        _blocks(file),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="filon-refused.csv"'},
        background=BackgroundTask(file.close),
    )


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(_BLOCK_BYTES):
        yield block

"""Workbooks (XLSX, XLS, ODS), read as the CSV that a spreadsheet would save."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from python_calamine import CalamineError, CalamineWorkbook

from services.sources.csv.refusal import NotCsv

_LARGEST_BYTES = 400 * 1024 * 1024
"""Unpacked; a small archive can hold a machine's whole memory of blanks."""
_IN_MEMORY_BYTES = 8 * 1024 * 1024


def as_csv(workbook: BinaryIO, format: str) -> BinaryIO:
    """The first sheet that holds more than one row, a line for each of its rows. Raises NotCsv for
    what can't be opened, is encrypted, or is too large unpacked."""
    try:
        if format != "xls" and _unpacked(workbook) > _LARGEST_BYTES:
            raise NotCsv("csv.spreadsheet", format=format)
        workbook.seek(0)
        book = CalamineWorkbook.from_filelike(workbook)
        rows = _rows(book)
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise NotCsv("csv.spreadsheet", format=format) from error
    spool = SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115  # whoever reads it drops it
    text = io.TextIOWrapper(cast(BinaryIO, spool), "utf-8", newline="", write_through=True)
    csv.writer(text, delimiter=";").writerows([_text(cell) for cell in row] for row in rows)
    text.detach()
    spool.seek(0)
    return cast(BinaryIO, spool)


def _unpacked(workbook: BinaryIO) -> int:
    workbook.seek(0)
    with zipfile.ZipFile(workbook) as archive:
        return sum(file.file_size for file in archive.infolist())


def _rows(book: CalamineWorkbook) -> Sequence[Sequence[object]]:
    first: Sequence[Sequence[object]] = []
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        if len(rows) > 1:
            return rows
        first = first or rows
    return first


def _text(cell: object) -> str:
    """As a spreadsheet shows it: `37` rather than `37.0`; on one line, so that rows keep their
    numbers."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(str(cell).split())

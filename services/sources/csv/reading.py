"""Companies from a CSV, line by line: what is wrong with one line keeps no other out."""

from collections.abc import Iterator
from typing import BinaryIO

from services.french.siren import InvalidSiren
from services.prospecting.lists import AcceptedLine, RefusedLine, Row
from services.sources.csv.company import RecordReader, RefusedRecord
from services.sources.csv.encoding import physical_lines, spreadsheet_format
from services.sources.csv.layout import lay_out, read_head
from services.sources.csv.records import Record, UnreadableRecord, records
from services.sources.csv.refusal import NotCsv
from services.sources.csv.workbook import as_csv


def read_companies(stream: BinaryIO) -> Iterator[Row]:
    """One row for each record below the header, in the file's order, in bounded memory.

    Raises NotCsv, before the first row, when the file as a whole is no list of companies.
    """
    head, stream = opened(stream)
    layout = lay_out(head)
    reader = RecordReader(layout)
    empty = True
    for record in records(physical_lines(head, stream), layout.delimiter, len(layout.headers)):
        if record.line > layout.line:
            empty = False
            yield _row(reader, record)
    if empty:
        raise NotCsv("csv.noLine")


def opened(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The beginning of the file, and the rest: of a workbook, those of the CSV that it would be."""
    head = read_head(stream)
    format = spreadsheet_format(head)
    if format in ("xlsx", "xls", "ods"):
        stream = as_csv(stream, format)
        head = read_head(stream)
    return head, stream


def _row(reader: RecordReader, record: Record | UnreadableRecord) -> Row:
    if isinstance(record, UnreadableRecord):
        return RefusedLine(record.line, record.code, {})
    try:
        return AcceptedLine(record.line, reader.company(record.cells))
    except (InvalidSiren, RefusedRecord) as refusal:
        return RefusedLine(record.line, refusal.code, refusal.params)

"""Companies from a CSV, line by line: what is wrong with one line keeps no other out."""

from collections.abc import Iterator
from typing import BinaryIO

from services.french.siren import InvalidSiren
from services.prospecting.lists import AcceptedLine, RefusedLine, Row
from services.sources.csv.columns import NOTHING_CORRECTED, Corrections
from services.sources.csv.company import RecordReader, RefusedRecord
from services.sources.csv.encoding import physical_lines, spreadsheet_format
from services.sources.csv.layout import Layout, lay_out, read_head
from services.sources.csv.records import Record, UnreadableRecord, records
from services.sources.csv.refusal import NotCsv
from services.sources.csv.workbook import as_csv


def read_companies(stream: BinaryIO, corrections: Corrections = NOTHING_CORRECTED) -> Iterator[Row]:
    """One row for each record below the header, in the file's order, in bounded memory.

    Raises NotCsv, before the first row, when the file as a whole is no list of companies.
    """
    layout, below = opened_list(stream, corrections)
    reader = RecordReader(layout)
    empty = True
    for record in below:
        empty = False
        yield row_of(reader, record)
    if empty:
        raise NotCsv("csv.noLine")


def opened_list(
    stream: BinaryIO, corrections: Corrections
) -> tuple[Layout, Iterator[Record | UnreadableRecord]]:
    """How the file is laid out, and the records below its header. Raises NotCsv."""
    head, rest = opened(stream)
    layout = lay_out(head, corrections)
    found = records(physical_lines(head, rest), layout.delimiter, len(layout.headers))
    return layout, (record for record in found if record.line > layout.line)


def opened(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The beginning of the file, and the rest: of a workbook, those of the CSV that it would be."""
    head = read_head(stream)
    format = spreadsheet_format(head)
    if format in ("xlsx", "xls", "ods"):
        stream = as_csv(stream, format)
        head = read_head(stream)
    return head, stream


def row_of(reader: RecordReader, record: Record | UnreadableRecord) -> Row:
    if isinstance(record, UnreadableRecord):
        return RefusedLine(record.line, record.code, {})
    try:
        return AcceptedLine(record.line, reader.company(record.cells))
    except (InvalidSiren, RefusedRecord) as refusal:
        return RefusedLine(record.line, refusal.code, refusal.params)

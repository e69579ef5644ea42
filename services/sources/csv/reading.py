"""Companies from a CSV, line by line: what is wrong with one line keeps no other out."""

from collections.abc import Iterator
from typing import BinaryIO

from services.french.siren import InvalidSiren
from services.prospecting.lists import AcceptedLine, RefusedLine, Row
from services.sources.csv.company import RecordReader, RefusedRecord
from services.sources.csv.encoding import physical_lines
from services.sources.csv.layout import lay_out, read_head
from services.sources.csv.records import Record, UnreadableRecord, records
from services.sources.csv.refusal import NotCsv


def read_companies(stream: BinaryIO) -> Iterator[Row]:
    """One row for each record below the header, in the file's order, in bounded memory.

    Raises NotCsv, before the first row, when the file as a whole is no list of companies.
    """
    head = read_head(stream)
    layout = lay_out(head)
    reader = RecordReader(layout)
    empty = True
    for record in records(physical_lines(head, stream), layout.delimiter, len(layout.headers)):
        if record.line > layout.line:
            empty = False
            yield _row(reader, record)
    if empty:
        raise NotCsv("csv.noLine")


def _row(reader: RecordReader, record: Record | UnreadableRecord) -> Row:
    if isinstance(record, UnreadableRecord):
        return RefusedLine(record.line, record.code, {})
    try:
        return AcceptedLine(record.line, reader.company(record.cells))
    except (InvalidSiren, RefusedRecord) as refusal:
        return RefusedLine(record.line, refusal.code, refusal.params)

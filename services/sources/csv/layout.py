"""How a file is laid out, found in its beginning: encoding, separator, header, columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import BinaryIO

from services.sources.csv.columns import IDENTIFYING, Field, recognise
from services.sources.csv.encoding import encoding_of, physical_lines, refuse_other_formats
from services.sources.csv.records import Record, records
from services.sources.csv.refusal import NotCsv

HEAD = 64 * 1024
"""Bytes that are enough to lay out a file by."""

MAX_COLUMNS = 500
"""What lies further to the right is not kept: looking at tens of thousands takes seconds."""

_DELIMITERS = (";", ",", "\t", "|")
_TITLE_LINES = 10
"""Exports may begin with a title; the header is looked for this far down."""


@dataclass(frozen=True, slots=True)
class Layout:
    encoding: str
    delimiter: str
    line: int
    """The physical line of the header."""
    headers: tuple[str, ...]
    fields: tuple[Field | None, ...]


def read_head(stream: BinaryIO) -> bytes:
    """The first HEAD bytes, however small the pieces they come in."""
    head = b""
    while len(head) < HEAD and (chunk := stream.read(HEAD - len(head))):
        head += chunk
    return head


def lay_out(head: bytes) -> Layout:
    """Raises NotCsv when no list of companies begins like this."""
    refuse_other_formats(head)
    candidates = [found for delimiter in _DELIMITERS for found in _headers(head, delimiter)]
    if not candidates:
        raise NotCsv("csv.empty")
    best = max(candidates, key=_plausibility)
    names = ", ".join(header for header in best.headers[:12] if header)[:200]
    known = {field for field in best.fields if field and field != "dropped"}
    if not known:
        raise NotCsv("csv.noColumn", columns=names)
    if not known & IDENTIFYING:
        raise NotCsv("csv.noIdentity", columns=names)
    return best


def _headers(head: bytes, delimiter: str) -> Iterator[Layout]:
    found = records(physical_lines(head, BytesIO()), delimiter)
    for record in islice(found, _TITLE_LINES):
        if isinstance(record, Record):
            headers = tuple(" ".join(cell.split()) for cell in record.cells)
            beyond: list[Field | None] = ["dropped"] * len(headers[MAX_COLUMNS:])
            fields = (*recognise(headers[:MAX_COLUMNS]), *beyond)
            yield Layout(encoding_of(head), delimiter, record.line, headers, fields)


def _plausibility(layout: Layout) -> tuple[int, int, int]:
    """Most columns recognised, then most columns, then nearest the top."""
    known = {field for field in layout.fields if field}
    return len(known), min(len(layout.headers), 2), -layout.line

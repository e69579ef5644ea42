"""How a file is laid out, found in its beginning: encoding, separator, header, columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice
from typing import BinaryIO

from services.sources.csv.columns import (
    IDENTIFYING,
    NOTHING_CORRECTED,
    Corrections,
    Meaning,
    grouped,
    recognise,
)
from services.sources.csv.encoding import encoding_of, physical_lines, refuse_other_formats
from services.sources.csv.fields import Field
from services.sources.csv.records import Record, records
from services.sources.csv.refusal import NotCsv

HEAD = 64 * 1024
"""Bytes that are enough to lay out a file by."""

MAX_COLUMNS = 500
"""What lies further to the right is not kept: looking at tens of thousands takes seconds."""

_DELIMITERS = (";", ",", "\t", "|")
_SAMPLES = 200
"""Records below the header that columns are judged by."""
_TITLE_LINES = 10
"""Exports may begin with a title; the header is looked for this far down."""


@dataclass(frozen=True, slots=True)
class Layout:
    encoding: str
    delimiter: str
    line: int
    """The physical line of the header."""
    headers: tuple[str, ...]
    meanings: tuple[Meaning, ...]

    @property
    def fields(self) -> tuple[Field | None, ...]:
        return tuple(meaning.field for meaning in self.meanings)


def read_head(stream: BinaryIO) -> bytes:
    """The first HEAD bytes, however small the pieces they come in."""
    head = b""
    while len(head) < HEAD and (chunk := stream.read(HEAD - len(head))):
        head += chunk
    return head


def lay_out(head: bytes, corrections: Corrections = NOTHING_CORRECTED) -> Layout:
    """Raises NotCsv when no list of companies begins like this."""
    layout = most_plausible(head, corrections)
    if (refusal := refusal_of(layout)) is not None:
        raise refusal
    return layout


def most_plausible(head: bytes, corrections: Corrections) -> Layout:
    """Whether it can be imported or not. Raises NotCsv for what is no table."""
    refuse_other_formats(head)
    candidates = [
        found for delimiter in _DELIMITERS for found in _headers(head, delimiter, corrections)
    ]
    if not candidates:
        raise NotCsv("csv.empty")
    return _judged(max(candidates, key=_plausibility), head, corrections)


def refusal_of(best: Layout) -> NotCsv | None:
    """Why nothing can be imported by these columns."""
    names = ", ".join(header for header in best.headers[:12] if header)[:200]
    known = {field for field in best.fields if field and field not in ("dropped", "optOut")}
    if not known:
        return NotCsv("csv.noColumn", columns=names)
    if not known & IDENTIFYING:
        return NotCsv("csv.noIdentity", columns=names)
    return None


def _headers(head: bytes, delimiter: str, corrections: Corrections) -> Iterator[Layout]:
    found = records(physical_lines(head, BytesIO()), delimiter)
    above: tuple[str, ...] = ()
    for record in islice(found, _TITLE_LINES):
        if isinstance(record, Record):
            headers = tuple(" ".join(cell.split()) for cell in record.cells)
            named = grouped(above, headers)
            meanings = _meanings(named, (), corrections)
            yield Layout(encoding_of(head), delimiter, record.line, named, meanings)
            above = headers


def _meanings(
    headers: tuple[str, ...], samples: Sequence[Sequence[str]], corrections: Corrections
) -> tuple[Meaning, ...]:
    beyond = [Meaning("dropped")] * len(headers[MAX_COLUMNS:])
    return (*recognise(headers[:MAX_COLUMNS], samples, corrections), *beyond)


def _judged(layout: Layout, head: bytes, corrections: Corrections) -> Layout:
    """With what stands below the headers taken into account."""
    meanings = _meanings(layout.headers, first_records(layout, head), corrections)
    return replace(layout, meanings=meanings)


def first_records(layout: Layout, head: bytes) -> list[list[str]]:
    """Those below the header that columns are judged by."""
    found = records(physical_lines(head, BytesIO()), layout.delimiter, len(layout.headers))
    below = (r.cells for r in found if isinstance(r, Record) and r.line > layout.line)
    return [*islice(below, _SAMPLES)]


def _plausibility(layout: Layout) -> tuple[int, int, int]:
    """Most columns recognised, then most columns, then nearest the top."""
    known = {field for field in layout.fields if field}
    return len(known), min(len(layout.headers), 2), -layout.line

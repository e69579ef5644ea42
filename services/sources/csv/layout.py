"""How a file is laid out, found in its beginning: encoding, separator, header, columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice
from typing import BinaryIO

from services.sources.csv.columns import IDENTIFYING, Meaning, grouped, recognise
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


def lay_out(head: bytes) -> Layout:
    """Raises NotCsv when no list of companies begins like this."""
    refuse_other_formats(head)
    candidates = [found for delimiter in _DELIMITERS for found in _headers(head, delimiter)]
    if not candidates:
        raise NotCsv("csv.empty")
    best = _judged(max(candidates, key=_plausibility), head)
    names = ", ".join(header for header in best.headers[:12] if header)[:200]
    known = {field for field in best.fields if field and field not in ("dropped", "optOut")}
    if not known:
        raise NotCsv("csv.noColumn", columns=names)
    if not known & IDENTIFYING:
        raise NotCsv("csv.noIdentity", columns=names)
    return best


def _headers(head: bytes, delimiter: str) -> Iterator[Layout]:
    found = records(physical_lines(head, BytesIO()), delimiter)
    above: tuple[str, ...] = ()
    for record in islice(found, _TITLE_LINES):
        if isinstance(record, Record):
            headers = tuple(" ".join(cell.split()) for cell in record.cells)
            named = grouped(above, headers)
            yield Layout(encoding_of(head), delimiter, record.line, named, _meanings(named))
            above = headers


def _meanings(
    headers: tuple[str, ...], samples: Sequence[Sequence[str]] = ()
) -> tuple[Meaning, ...]:
    beyond = [Meaning("dropped")] * len(headers[MAX_COLUMNS:])
    return (*recognise(headers[:MAX_COLUMNS], samples), *beyond)


def _judged(layout: Layout, head: bytes) -> Layout:
    """With what stands below the headers taken into account."""
    found = records(physical_lines(head, BytesIO()), layout.delimiter, len(layout.headers))
    below = (r.cells for r in found if isinstance(r, Record) and r.line > layout.line)
    samples = [*islice(below, _SAMPLES)]
    return replace(layout, meanings=_meanings(layout.headers, samples))


def _plausibility(layout: Layout) -> tuple[int, int, int]:
    """Most columns recognised, then most columns, then nearest the top."""
    known = {field for field in layout.fields if field}
    return len(known), min(len(layout.headers), 2), -layout.line

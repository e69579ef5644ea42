"""What a list would be read as, before anybody imports it."""

from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import BinaryIO

from services.sources.csv.encoding import physical_lines
from services.sources.csv.fields import Field
from services.sources.csv.layout import lay_out
from services.sources.csv.reading import opened
from services.sources.csv.records import Record, records

_ROWS = 5


@dataclass(frozen=True, slots=True)
class Preview:
    encoding: str
    delimiter: str
    columns: list[tuple[str, Field | None]]
    """Each header with the field it stands for; None is kept as it is, `dropped` is not kept."""
    rows: list[list[str]]
    """The first five records below the header, as they are."""


def preview(stream: BinaryIO) -> Preview:
    """What the beginning of a file tells. Raises NotCsv as `read_companies` does."""
    head, _ = opened(stream)
    layout = lay_out(head)
    width = len(layout.headers)
    found = records(physical_lines(head, BytesIO()), layout.delimiter, width)
    below = (r.cells for r in found if isinstance(r, Record) and r.line > layout.line)
    columns = list(zip(layout.headers, layout.fields, strict=True))
    return Preview(layout.encoding, layout.delimiter, columns, list(islice(below, _ROWS)))

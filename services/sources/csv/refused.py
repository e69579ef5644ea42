"""A list's refused lines as a list of their own, to be corrected and sent again."""

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from services.prospecting.lists import RefusedLine
from services.sources.csv.columns import Corrections
from services.sources.csv.company import RecordReader
from services.sources.csv.reading import opened_list, row_of
from services.sources.csv.records import UnreadableRecord


def refused_lines(
    stream: BinaryIO,
    corrections: Corrections,
    elsewhere: Mapping[int, str],
    say: Callable[[RefusedLine], str],
) -> Iterator[list[str]]:
    """The headers, then each refused line's cells as they are; first in each stands the reason, an
    empty one above. `elsewhere` holds the reasons of lines that can be read and were refused by
    what they say, by line. Raises NotCsv."""
    layout, below = opened_list(stream, corrections)
    yield ["", *layout.headers]
    reader = RecordReader(layout)
    for record in below:
        row = row_of(reader, record)
        reason = say(row) if isinstance(row, RefusedLine) else elsewhere.get(record.line)
        if reason is None:
            continue
        cells = (
            [record.text.rstrip("\r\n")] if isinstance(record, UnreadableRecord) else record.cells
        )
        yield [reason, *cells]

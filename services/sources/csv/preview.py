"""What a list would be read as, before anybody imports it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from services.sources.csv.columns import NOTHING_CORRECTED, Corrections, Meaning, normal_form
from services.sources.csv.fields import Field
from services.sources.csv.layout import first_records, most_plausible, refusal_of
from services.sources.csv.reading import opened
from services.sources.csv.refusal import NotCsv
from services.sources.csv.values import bare

_ROWS = 5
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class PreviewColumn:
    header: str
    meaning: Meaning
    samples: tuple[str, ...]
    """The first values that are no signs for nothing, each once."""

    @property
    def field(self) -> Field | None:
        return self.meaning.field

    @property
    def correctable(self) -> bool:
        """Not what is never kept of people, nor a column without a header to know it again by."""
        kept = self.field != "dropped" or self.meaning.corrected
        return kept and bool(normal_form(self.header))


@dataclass(frozen=True, slots=True)
class Preview:
    encoding: str
    delimiter: str
    columns: tuple[PreviewColumn, ...]
    rows: list[list[str]]
    """The first five records below the header, as they are."""
    refusal: NotCsv | None
    """Why the import would refuse it as long as no column's meaning is corrected."""


def preview(stream: BinaryIO, corrections: Corrections = NOTHING_CORRECTED) -> Preview:
    """What the beginning of a file tells. Raises NotCsv for what is no table at all."""
    head, _ = opened(stream)
    layout = most_plausible(head, corrections)
    rows = first_records(layout, head)
    columns = tuple(
        PreviewColumn(header, meaning, tuple(islice(_values(rows, at), _SAMPLES)))
        for at, (header, meaning) in enumerate(zip(layout.headers, layout.meanings, strict=True))
    )
    refusal = refusal_of(layout)
    return Preview(layout.encoding, layout.delimiter, columns, rows[:_ROWS], refusal)


def _values(rows: Sequence[Sequence[str]], at: int) -> Iterator[str]:
    values = (bare(row[at]) for row in rows if at < len(row))
    return iter(dict.fromkeys(filter(None, values)))

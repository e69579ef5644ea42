"""From physical lines to records, one bad quote costing one line and not the rest of the file."""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from services.sources.csv.encoding import MAX_LINE

MAX_QUOTED_LINES = 100
"""A quoted field that goes on for longer was never meant to be open."""


@dataclass(frozen=True, slots=True)
class Record:
    line: int
    """The physical line where it begins, from 1."""
    cells: list[str]


@dataclass(frozen=True, slots=True)
class UnreadableRecord:
    line: int
    code: str


class _TooMuch(Exception):
    """The record at hand does not end."""


class _Lines:
    """Lines with those of the record at hand held back, to be read again."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self.held: list[str] = []
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.held) >= MAX_QUOTED_LINES or sum(map(len, self.held)) >= MAX_LINE:
            raise _TooMuch
        try:
            line = self._again.popleft() if self._again else next(self._lines)
        except StopIteration:
            self.ended = True
            raise
        self.held.append(line)
        return line

    def read_again_from_the_second(self) -> None:
        self._again.extendleft(reversed(self.held[1:]))
        self.held = []
        self.ended = False


def records(lines: Iterator[str], delimiter: str) -> Iterator[Record | UnreadableRecord]:
    """Every record, blank ones left out, in order."""
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=delimiter)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_TooMuch, csv.Error):
            code = "line.openQuote" if len(source.held) > 1 else "line.tooLong"
        else:
            code = _fault(source)
            if not code:
                if any(cell.strip() for cell in cells):
                    yield Record(line, cells)
                line += len(source.held)
                source.held = []
                continue
        yield UnreadableRecord(line, code)
        source.read_again_from_the_second()
        reader = csv.reader(source, delimiter=delimiter)
        line += 1


def _fault(source: _Lines) -> str:
    if source.ended:
        return "line.openQuote"  # the file ended inside the quotes
    return "line.tooLong" if sum(map(len, source.held)) >= MAX_LINE else ""

"""From physical lines to records, one bad quote costing one line and not the rest of the file."""

import html
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5

from services.sources.csv.encoding import MAX_LINE


@dataclass(frozen=True, slots=True)
class Record:
    line: int
    """The physical line where it begins, from 1."""
    cells: list[str]


@dataclass(frozen=True, slots=True)
class UnreadableRecord:
    line: int
    code: str
    text: str
    """That line, as it is."""


def records(
    lines: Iterator[str], delimiter: str, width: int = 0
) -> Iterator[Record | UnreadableRecord]:
    """Every record, blank ones left out, in order; each line is in one. `width` is how many columns
    there are, where that is known: what spans several lines must have as many."""
    source = _Lines(lines)
    reader = _Reader(delimiter)
    number = 1
    for first in source:
        record = _record(reader, source, first, width)
        if isinstance(record, str):
            yield UnreadableRecord(number, record, first)
            source.read_again_from_the_second()
        elif any(cell.strip() for cell in record):
            yield Record(number, record)
        number += source.taken()


def _record(reader: "_Reader", source: "_Lines", first: str, width: int) -> list[str] | str:
    """The cells of the record that begins with this line, or why it can't be read."""
    if len(first) >= MAX_LINE:
        return "line.tooLong"
    text = first
    cells, opened = reader.read(text)
    while opened is not None:
        line = next(source, None)
        if line is None or len(text) + len(line) > MAX_LINE:
            return "line.openQuote"
        begins, text = len(text), text + line
        if '"' not in line:
            continue
        cells, opened = reader.read(text)
        if opened is not None and opened < begins and '"' in _DOUBLED.sub("", line):
            return "line.openQuote"  # a quote that neither closes the cell nor is doubled
    return "line.openQuote" if _is_several(source.held, cells, reader.delimiter, width) else cells


def _is_several(held: list[str], cells: list[str], delimiter: str, width: int) -> bool:
    """Whether a quote that is opened here and closed there makes one record of several."""
    below = held[1:]
    if not width or not below or len(cells) == width:
        return False
    whole = sum(line.count(delimiter) == width - 1 for line in below)
    return whole * 2 > len(below)


_DOUBLED = re.compile(r'""|\\"')
_ENTITY = re.compile(r"&(#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});")
_SEMICOLON = "\ue000"
"""Stands for an entity's own, which separates nothing."""


class _Reader:
    """Cuts text into cells. A quote counts where a cell begins with it and where a cell may end
    after it; any other is text."""

    def __init__(self, delimiter: str) -> None:
        self.delimiter = delimiter
        ends = rf" *(?=[{re.escape(delimiter)}\r\n]|\Z)"
        inside = rf"(?:(?!{re.escape(delimiter)} *\")[^\r\n])*?"
        self._plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
        self._line = re.compile(r"[^\r\n]*")
        self._standard = re.compile(rf' *"((?:[^"]|"")*+)"{ends}')
        self._others = (
            re.compile(rf' *"((?:[^"\\]|\\.|"")*+)"{ends}', re.DOTALL),  # a\"b
            re.compile(rf' *"({inside})"{ends}'),  # "Les "Bons" Amis"
        )

    def read(self, text: str) -> tuple[list[str], int | None]:
        """The cells, and where the last one begins when its quote is still open."""
        protected = _ENTITY.sub(_protect, text) if "&" in text else text
        if '"' not in protected:
            cells, opened = protected.rstrip("\r\n").split(self.delimiter), None
        else:
            cells, opened = self._cut(protected)
        if protected is not text and _SEMICOLON in protected:
            cells = [_unescaped(cell) for cell in cells]
        return cells, opened

    def _cut(self, text: str) -> tuple[list[str], int | None]:
        cells: list[str] = []
        at = 0
        while True:
            found = self._quoted(text, at)
            if found is None and self._is_open(text, at):
                return cells, at
            end, cell = found or self._bare(text, at)
            cells.append(cell)
            if end >= len(text) or text[end] in "\r\n":
                return cells, None
            at = end + 1

    def _quoted(self, text: str, at: int) -> tuple[int, str] | None:
        if standard := self._standard.match(text, at):
            return standard.end(), standard[1].replace('""', '"')
        for pattern in self._others:
            if other := pattern.match(text, at):
                return other.end(), _DOUBLED.sub('"', other[1])
        return None

    def _bare(self, text: str, at: int) -> tuple[int, str]:
        bare = self._plain.match(text, at)
        assert bare is not None  # it matches nothing, too
        return bare.end(), bare[0]

    def _is_open(self, text: str, at: int) -> bool:
        """Whether a cell begins with a quote, and its line has no other: `"Bons" Amis` is text."""
        first_line = self._line.match(text, at)[0].lstrip(" ")  # type: ignore[index]  # always
        return first_line.startswith('"') and '"' not in _DOUBLED.sub("", first_line[1:])


def _protect(entity: re.Match[str]) -> str:
    known = entity[1].startswith("#") or f"{entity[1]};" in html5
    return f"&{entity[1]}{_SEMICOLON}" if known else entity[0]


def _unescaped(cell: str) -> str:
    return html.unescape(cell.replace(_SEMICOLON, ";"))


class _Lines:
    """Lines with those of the record at hand held back, to be read again."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self.held: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.held.append(line)
        return line

    def read_again_from_the_second(self) -> None:
        self._again.extendleft(reversed(self.held[1:]))
        del self.held[1:]

    def taken(self) -> int:
        """How many lines the record had; the next begins."""
        count = len(self.held)
        self.held = []
        return count

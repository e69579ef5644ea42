"""From physical lines to records, one bad quote costing one line and not the rest of the file."""

import csv
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from io import StringIO
from itertools import islice

from services.sources.csv.encoding import MAX_LINE
from services.sources.csv.held_lines import HeldLines


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
    source = HeldLines(lines)
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


def _record(reader: "_Reader", source: HeldLines, first: str, width: int) -> list[str] | str:
    """The cells of the record that begins with this line, or why it can't be read."""
    if len(first) >= MAX_LINE:
        return "line.tooLong"
    if (whole := _to_the_letter(reader, source, first, width)) is not None:
        return whole
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


def _to_the_letter(
    reader: "_Reader", source: HeldLines, first: str, width: int
) -> list[str] | None:
    """The record, where by RFC 4180 it goes on below and so has as many cells as there are columns:
    a line that ends with a quote may be the beginning of a cell, or have one too many."""
    if not width or first.count('"') % 2 == 0:
        return None
    text = first
    for line in islice(source, _LOOK_AHEAD_LINES):
        text += line
        if line.count('"') % 2 or len(text) > MAX_LINE:
            break
    cells = reader.read_to_the_letter(text)
    if len(cells) == width:
        return cells
    source.read_again_from_the_second()
    return None


def _is_several(held: list[str], cells: list[str], delimiter: str, width: int) -> bool:
    """Whether a quote that is opened here and closed there makes one record of several."""
    below = held[1:]
    if not width or not below or len(cells) == width:
        return False
    whole = sum(line.count(delimiter) == width - 1 for line in below)
    return whole * 2 > len(below)


_LOOK_AHEAD_LINES = 50
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

    def read_to_the_letter(self, text: str) -> list[str]:
        """The cells by RFC 4180; none where it is not one record."""
        protected = _ENTITY.sub(_protect, text) if "&" in text else text
        lines = StringIO(protected, newline="")
        try:
            found = [*csv.reader(lines, delimiter=self.delimiter, strict=True)]
        except csv.Error:
            return []
        cells = found[0] if len(found) == 1 else []
        return [_unescaped(cell) for cell in cells] if _SEMICOLON in protected else cells

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

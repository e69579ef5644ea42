"""From bytes to physical lines of text, in bounded memory."""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from services.sources.csv.legacy import decode_legacy, legacy_encoding_of
from services.sources.csv.refusal import NotCsv

MAX_LINE = 100_000
"""Characters of one record, quoted newlines included; a spreadsheet's cell holds 32,767."""

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def encoding_of(head: bytes) -> str:
    """`utf-8`, `utf-16`, or the older one that makes most sense, as far as the beginning tells."""
    if head.startswith(_UTF_16):
        return "utf-16"
    if wide := _utf_16_without_mark(head):
        return wide
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return legacy_encoding_of(head)
    return "utf-8"


def _utf_16_without_mark(head: bytes) -> str:
    """Text of ours has a zero in most of its pairs of bytes, always on the same side."""
    half = len(head) // 2
    if half and head[1::2].count(0) * 10 > half * 7 and not head[::2].count(0):
        return "utf-16-le"
    if half and head[::2].count(0) * 10 > half * 7 and not head[1::2].count(0):
        return "utf-16-be"
    return ""


def refuse_other_formats(head: bytes) -> None:
    """Raises NotCsv for what is no text, with what to do instead."""
    if head.lstrip().startswith(b"%PDF-"):
        raise NotCsv("csv.pdf")
    if format := spreadsheet_format(head):
        raise NotCsv("csv.spreadsheet", format=format)
    if head.startswith(_ARCHIVES):
        raise NotCsv("csv.archive")
    if _is_image(head):
        raise NotCsv("csv.image")
    if not encoding_of(head).startswith("utf-16") and head.count(0) * 50 > len(head):
        raise NotCsv("csv.binary")
    if not head.removeprefix(codecs.BOM_UTF8).strip():
        raise NotCsv("csv.empty")


def _is_image(head: bytes) -> bool:
    if head.startswith(b"BM"):  # the two letters may well begin a header
        return b"\0" in head[:64]
    webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    return webp or head[4:8] == b"ftyp" or head.startswith(_IMAGES)


def spreadsheet_format(head: bytes) -> str:
    """`xlsx`, `xls`, `ods`, `numbers`; '' for no workbook."""
    if head.startswith(_OLD_OFFICE):
        return "xls"
    if not head.startswith(b"PK"):
        return ""
    if b"opendocument.spreadsheet" in head:
        return "ods"
    if b"xl/" in head or (b"[Content_Types].xml" in head and b"word/" not in head):
        return "xlsx"
    return "numbers" if b"Index/Document.iwa" in head else ""


class _Rejoined(io.RawIOBase):
    """A stream whose beginning was read already; closing it leaves the stream open."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what is passed
        if self._head:
            chunk, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            chunk = self._rest.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def physical_lines(head: bytes, rest: BinaryIO) -> Iterator[str]:
    """Lines with their ends. A line that is no UTF-8 is read as what the beginning is in, or, where
    the first accent comes after a million plain lines, as what that line looks most like. Longer
    lines end at MAX_LINE."""
    found = encoding_of(head)
    wide = found.startswith("utf-16")
    legacy = "" if wide or found == "utf-8" else found
    text = io.TextIOWrapper(
        io.BufferedReader(_Rejoined(head, rest), 1 << 16),
        encoding=found if wide else "latin-1",  # which leaves bytes as they are
        errors="replace",
        newline="",
    )
    mark = True
    while line := text.readline(MAX_LINE):
        long = len(line) == MAX_LINE and not line.endswith(("\n", "\r"))
        if not wide:
            raw = line.encode("latin-1")
            raw = raw.removeprefix(codecs.BOM_UTF8) if mark else raw
            line, legacy = _decoded(raw, legacy)
        mark = False
        yield line.replace("\0", "")
        while long:
            more = text.readline(MAX_LINE)
            long = len(more) == MAX_LINE and not more.endswith(("\n", "\r"))


def _decoded(raw: bytes, legacy: str) -> tuple[str, str]:
    """The line, and the older encoding that the file is in once that is known."""
    if raw.isascii():
        return raw.decode("ascii"), legacy
    try:
        return raw.decode("utf-8"), legacy
    except UnicodeDecodeError:
        legacy = legacy or legacy_encoding_of(raw)
        return decode_legacy(raw, legacy), legacy

"""From bytes to physical lines of text, in bounded memory."""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from services.sources.csv.refusal import NotCsv

MAX_LINE = 100_000
"""Characters of one record, quoted newlines included; a spreadsheet's cell holds 32,767."""

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("filon.windows-1252", _as_windows_1252)


def encoding_of(head: bytes) -> str:
    """`utf-8`, `utf-16` or `windows-1252`, as far as the beginning tells."""
    if head.startswith(_UTF_16):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def refuse_other_formats(head: bytes) -> None:
    """Raises NotCsv for what is no text, with what to do instead."""
    if head.lstrip().startswith(b"%PDF-"):
        raise NotCsv("csv.pdf")
    if format := _spreadsheet(head):
        raise NotCsv("csv.spreadsheet", format=format)
    if head.startswith(_ARCHIVES):
        raise NotCsv("csv.archive")
    if _is_image(head):
        raise NotCsv("csv.image")
    if not head.startswith(_UTF_16) and b"\0" in head:
        raise NotCsv("csv.binary")
    if not head.removeprefix(codecs.BOM_UTF8).strip():
        raise NotCsv("csv.empty")


def _is_image(head: bytes) -> bool:
    if head.startswith(b"BM"):  # the two letters may well begin a header
        return b"\0" in head[:64]
    webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    return webp or head[4:8] == b"ftyp" or head.startswith(_IMAGES)


def _spreadsheet(head: bytes) -> str:
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
    """Lines with their ends. Bytes that are no UTF-8 are read as Windows-1252, one by one, for
    their first accent may come after a million plain lines. Longer lines end at MAX_LINE."""
    utf_16 = encoding_of(head) == "utf-16"
    text = io.TextIOWrapper(
        io.BufferedReader(_Rejoined(head, rest), 1 << 16),
        encoding="utf-16" if utf_16 else "utf-8-sig",
        errors="replace" if utf_16 else "filon.windows-1252",
        newline="",
    )
    while line := text.readline(MAX_LINE):
        yield line.replace("\0", "")
        while len(line) == MAX_LINE and not line.endswith(("\n", "\r")):
            line = text.readline(MAX_LINE)

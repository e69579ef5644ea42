"""Lists as spreadsheets write them."""

import csv
import io
from collections.abc import Sequence

from services.prospecting.lists import AcceptedLine, RefusedLine, Row
from services.sources.csv import read_companies

SIREN = "732829320"


def rows(content: bytes | str) -> list[Row]:
    data = content.encode() if isinstance(content, str) else content
    return list(read_companies(io.BytesIO(data)))


def only(content: bytes | str) -> AcceptedLine:
    (row,) = rows(content)
    assert isinstance(row, AcceptedLine), row
    return row


def refused(content: bytes | str) -> list[tuple[int, str]]:
    return [(row.line, row.code) for row in rows(content) if isinstance(row, RefusedLine)]


def accepted(content: bytes | str) -> list[tuple[int, str]]:
    return [(r.line, r.company.name) for r in rows(content) if isinstance(r, AcceptedLine)]


def written(table: Sequence[Sequence[str]], delimiter: str = ";") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(table)
    return text.getvalue()

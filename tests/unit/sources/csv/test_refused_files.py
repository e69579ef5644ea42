"""Files that are no list of companies, and what their sender is told."""

import contextlib
import gzip
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.sources.csv import NotCsv, preview, read_companies
from services.wording import LANGUAGES, render


def zipped(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


REFUSED = {
    "xlsx": (zipped("[Content_Types].xml", "xl/workbook.xml"), "csv.spreadsheet"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "csv.spreadsheet"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "csv.pdf"),
    "zip": (zipped("liste.csv"), "csv.archive"),
    "gzip": (gzip.compress(b"SIREN;Nom\n"), "csv.archive"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(20), "csv.image"),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(20), "csv.image"),
    "bmp": (b"BM" + bytes(60), "csv.image"),
    "program": (b"\x7fELF" + bytes(60), "csv.binary"),
    "empty": (b"", "csv.empty"),
    "blank": (b"\xef\xbb\xbf \r\n\r\n", "csv.empty"),
    "only a BOM in UTF-16": (b"\xff\xfe", "csv.empty"),
    "prose": (b"Bonjour,\nvoici la liste.\n", "csv.noColumn"),
    "no header": (b"732829320;ACME;Paris\n", "csv.noColumn"),
    "places": (b"Ville;Code postal\nParis;75011\n", "csv.noIdentity"),
    "header alone": (b"SIREN;Nom\r\n", "csv.noLine"),
}


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED)
def test_another_kind_of_file_is_refused_with_what_to_do(content: bytes, code: str) -> None:
    with pytest.raises(NotCsv) as refusal:
        next(read_companies(io.BytesIO(content)))
    assert refusal.value.code == code
    for language in LANGUAGES:
        told = render(code, refusal.value.params, language)
        assert told != code
        assert "…" not in told


def test_a_preview_shows_columns_and_first_rows() -> None:
    seen = preview(io.BytesIO(("Société;Naissance;Divers\n" + "Éa;1815;x\n" * 9).encode("cp1252")))
    assert (seen.encoding, seen.delimiter) == ("windows-1252", ";")
    fields = [(column.header, column.field) for column in seen.columns]
    assert fields == [("Société", "name"), ("Naissance", "dropped"), ("Divers", None)]
    assert [column.samples for column in seen.columns] == [("Éa",), ("1815",), ("x",)]
    assert seen.rows == [["Éa", "1815", "x"]] * 5


@settings(deadline=None)  # other processes share the machine
@given(st.binary(max_size=3000))
def test_no_bytes_at_all_upset_the_reader(content: bytes) -> None:
    with contextlib.suppress(NotCsv):
        list(read_companies(io.BytesIO(content)))


@settings(deadline=None)  # other processes share the machine
@given(st.binary(max_size=3000).map(lambda content: content.replace(b"\0", b"")))
def test_no_lines_at_all_upset_the_reader(content: bytes) -> None:
    for row in read_companies(io.BytesIO(b"SIREN;Company\n1;1\n" + content)):
        assert row.line > 1

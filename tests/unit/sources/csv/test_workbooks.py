"""Workbooks, as sales teams send them."""

import io
import zipfile
from collections.abc import Sequence

import pytest

from services.prospecting.lists import AcceptedLine
from services.sources.csv import NotCsv, preview, read_companies, workbook
from tests.unit.sources.csv.files import SIREN, refused, rows

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def workbook_of(table: Sequence[Sequence[str | float | None]]) -> bytes:
    """The least that is an XLSX, with one sheet."""
    lines = "".join(
        f'<row r="{at}">{"".join(_cell(value, at, n) for n, value in enumerate(line))}</row>'
        for at, line in enumerate(table, 1)
        if line
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.'
            'openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="Liste" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>',
        )
    return content.getvalue()


def _cell(value: str | float | None, line: int, column: int) -> str:
    name = f"{chr(65 + column)}{line}"
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{name}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{name}"><v>{value}</v></c>'


LIST = workbook_of(
    [
        ["Liste des clients"],
        [],
        ["SIREN", "Raison sociale", "Code postal", "Effectif", "Note"],
        [int(SIREN), "Société Éphémère", 1000, 37.0, "à\nrappeler; vite"],
        [123456789, "Numéro Faux", 75011, None, None],
        [None, "Deux", "06000", "nov-50", None],
    ]
)


def test_a_workbook_is_read_as_the_list_that_it_is() -> None:
    read = [row for row in rows(LIST) if isinstance(row, AcceptedLine)]
    assert [(row.line, row.company.name) for row in read] == [(4, "Société Éphémère"), (6, "Deux")]
    first = read[0].company
    assert (first.siren, first.postal_code, first.headcount_band) == (SIREN, "01000", "12")
    assert first.extra == {"Note": "à rappeler; vite"}
    assert refused(LIST) == [(5, "siren.check")]


def test_its_preview_agrees_with_its_import() -> None:
    seen = preview(io.BytesIO(LIST))
    assert [column.field for column in seen.columns] == [
        "siren",
        "name",
        "postalCode",
        "headcount",
        None,
    ]
    assert seen.rows[0][:3] == [SIREN, "Société Éphémère", "1000"]


@pytest.mark.parametrize("content", [LIST[:300], LIST[: len(LIST) // 2]])
def test_a_part_of_a_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(NotCsv) as refusal:
        next(read_companies(io.BytesIO(content)))
    assert refusal.value.code in ("csv.spreadsheet", "csv.archive")


def test_a_small_workbook_that_unpacks_to_gigabytes_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "_LARGEST_BYTES", 100)
    with pytest.raises(NotCsv) as refusal:
        next(read_companies(io.BytesIO(LIST)))
    assert refusal.value.code == "csv.spreadsheet"

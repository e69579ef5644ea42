"""What the preview says of a file is what its import does."""

import io
from itertools import islice

import pytest

from services.french.siren import InvalidSiren
from services.prospecting.lists import AcceptedLine
from services.sources.csv import Corrections, preview, read_companies
from services.sources.csv.company import RecordReader, RefusedRecord
from services.sources.csv.layout import Layout
from services.sources.csv.values import bare
from tests.unit.sources.csv.test_exports import test_each_cell_is_read_as_what_it_is as exports
from tests.unit.sources.csv.test_workbooks import LIST

FILES: list[bytes] = [
    LIST,
    *(content.encode() for content, _ in exports.pytestmark[0].args[1]),  # type: ignore[attr-defined]  # pytest's
    "Société;CP;Ville;Divers;Naissance\nOne;9000;Gent;x;1815\nTwo;9000;Foix;;\n".encode(),
    "N° client;Client;Titre;Contact;E-mail\n7;oui;Mme;Ada;a@one.example, b@one.example\n".encode(),
]


@pytest.mark.parametrize("content", FILES, ids=range(len(FILES)))
@pytest.mark.parametrize(
    "corrected", [{}, {"divers": "title", "city": None}], ids=["as it is", "corrected"]
)
def test_the_preview_agrees_with_the_import(content: bytes, corrected: Corrections) -> None:
    """What its cells are by its meanings is what is imported; what it says is kept, is; and what
    it says is not, is not."""
    seen = preview(io.BytesIO(content), corrected)
    headers = tuple(column.header for column in seen.columns)
    meanings = tuple(column.meaning for column in seen.columns)
    reader = RecordReader(Layout(seen.encoding, seen.delimiter, 0, headers, meanings))
    imported = [*islice(read_companies(io.BytesIO(content), corrected), len(seen.rows))]
    assert len(imported) == len(seen.rows) > 0
    for cells, row in zip(seen.rows, imported, strict=True):
        if not isinstance(row, AcceptedLine):
            with pytest.raises((RefusedRecord, InvalidSiren)):
                reader.company(cells)
            continue
        assert reader.company(cells) == row.company
        said = {c.field: bare(cell) for c, cell in zip(seen.columns, cells, strict=False)}
        assert said.get(None, "") in ("", *row.company.extra.values())
        assert not said.get("dropped") or said["dropped"] not in row.company.model_dump_json()


def test_a_meaning_that_was_said_outweighs_one_that_was_guessed() -> None:
    content = b"Nom;Raison;Ville\nAda;One;Lyon\n"
    corrected: Corrections = {"raison": "name"}
    assert [c.field for c in preview(io.BytesIO(content), corrected).columns] == [
        "lastName",
        "name",
        "city",
    ]
    (row,) = read_companies(io.BytesIO(content), corrected)
    assert isinstance(row, AcceptedLine)
    assert (row.company.name, row.company.contacts[0].name) == ("One", "Ada")

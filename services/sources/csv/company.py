"""From one record to the company that it describes."""

import re

from events.company import Company
from services.french.naf import nomenclature_of
from services.identifiers.domains import normalise_domain
from services.sources.csv.cells import MOST_TEXT, CellsRead, Column, reader_of, settle_place
from services.sources.csv.fields import Field
from services.sources.csv.layout import Layout
from services.sources.csv.marks import Marks
from services.sources.csv.people import numbers_of_people, person_name
from services.sources.csv.values import bare, is_true


class RefusedRecord(ValueError):
    """No company can be made of this line; `code` and `params` say why."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class RecordReader:
    """Reads the records of one file."""

    def __init__(self, layout: Layout) -> None:
        people = numbers_of_people([*zip(layout.headers, layout.fields, strict=True)])
        columns = [
            Column(at, header or f"{at + 1}", meaning, person, reader_of(meaning.field, header))
            for at, (header, meaning, person) in enumerate(
                zip(layout.headers, layout.meanings, people, strict=True)
            )
        ]
        self._headers = layout.headers
        self._columns = sorted(columns, key=lambda column: column.meaning.rank)
        self._marks = Marks(layout.headers)

    def company(self, cells: list[str]) -> Company:
        """Raises RefusedRecord, or InvalidSiren."""
        self._refuse_what_is_no_company(cells)
        record = self._read(cells)
        known = record.known
        self._marks.settle(cells, known)
        settle_place(record)
        if self._marks.wants_no_email(cells):
            record.forget_emails()
        name = _name(known)
        if not name:
            raise RefusedRecord("line.noIdentity")
        contacts, record_id = record.people.contacts(known), known.get("recordId", "")
        if contacts and record_id:
            first = contacts[0].model_copy(update={"record_id": record_id})
            contacts = (first, *contacts[1:])
        return Company(
            name=name,
            siren=known.get("siren", ""),
            activity=known.get("activity", ""),
            activity_nomenclature=nomenclature_of(known.get("activity", "")),
            headcount_band=known.get("headcount", ""),
            category=known.get("category", ""),
            postal_code=known.get("postalCode", ""),
            city=known.get("city", ""),
            website=known.get("website", ""),
            contacts=contacts,
            extra=record.extra,
            record_id="" if contacts else record_id,
        )

    def _refuse_what_is_no_company(self, cells: list[str]) -> None:
        count = len(self._columns)
        if any(cell.strip() for cell in cells[count:]):
            raise RefusedRecord("line.tooManyFields", expected=str(count), found=str(len(cells)))
        said = [" ".join(cell.split()) for cell in cells]
        if len([*filter(None, said)]) > 1 and said == [*self._headers[: len(said)]]:
            raise RefusedRecord("line.header")
        if (reason := self._marks.refusal(cells)) is not None:
            raise RefusedRecord(reason)
        for column in self._columns:
            if column.meaning.field == "optOut" and is_true("".join(cells[column.at :][:1])):
                raise RefusedRecord("line.optOut", column=column.header)

    def _read(self, cells: list[str]) -> CellsRead:
        """What fields of ours take, and what none takes: unknown, not understood, said twice."""
        record = CellsRead()
        abroad = self._marks.is_abroad(cells)  # where a postal code is no French one
        for column in self._columns:
            text = bare(cells[column.at]) if column.at < len(cells) else ""
            field = column.meaning.field
            if not text or field in ("dropped", "optOut"):
                continue
            foreign = abroad and field == "postalCode"
            if field is None or foreign or len(text) > MOST_TEXT or not record.take(column, text):
                record.keep(column.header, text)
        return record


def _name(known: dict[Field, str]) -> str:
    """The company's, or what stands in for it; nothing where it is that of a sum."""
    name = known.get("name", "")
    if named := _WITH_HOST.fullmatch(name):
        known.setdefault("website", named[2])
        name = named[1]
    places: set[Field] = {"siren", "website", "email", "postalCode", "city"}
    if _TOTAL.fullmatch(name) and not places & known.keys():
        raise RefusedRecord("line.total")
    return name or _stand_in(known)


_WITH_HOST = re.compile(r"(.+?) \(((?:[\w-]+\.)+[a-z]{2,})\)")
"""HubSpot's `Lez Metal (lez.example)`."""
_TOTAL = re.compile(
    r"(grand |sous[- ]?|sub)?total( g[ée]n[ée]ral| général)?( ?:.*)?|sum|somme|count|"
    r"(nombre|nb|number) (d['’e]|of)[^:]*:? ?\d*",
    re.IGNORECASE,
)


def _stand_in(known: dict[Field, str]) -> str:
    """What to call a company that has no name; who is in business alone goes by his own."""
    if domain := normalise_domain(known.get("website", "")):
        return domain
    siren = known.get("siren", "")
    alone = person_name(known) if siren else ""
    return (alone.title() if alone.isupper() else alone) or siren or known.get("email", "")

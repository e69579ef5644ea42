"""From one record to the company that it describes."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from events.company import Company, Contact
from services.french.headcount import headcount_band
from services.french.naf import nomenclature_of, normalise_naf
from services.french.places import normalise_postal_code
from services.french.siren import normalise_siren
from services.identifiers.domains import host_of, normalise_domain
from services.identifiers.emails import normalise_email, normalise_emails
from services.identifiers.phones import written_phone
from services.sources.csv.columns import Meaning, is_coded
from services.sources.csv.fields import Field
from services.sources.csv.layout import Layout
from services.sources.csv.marks import Marks
from services.sources.csv.values import bare, is_civility, is_no_name, is_true

_CATEGORIES = {
    "PME": "PME", "ETI": "ETI", "GE": "GE", "PETITE OU MOYENNE ENTREPRISE": "PME",
    "ENTREPRISE DE TAILLE INTERMÉDIAIRE": "ETI", "GRANDE ENTREPRISE": "GE",
}  # fmt: skip
MOST_TEXT = 1000
"""Characters; what is longer is no name, address or title."""


class RefusedRecord(ValueError):
    """No company can be made of this line; `code` and `params` say why."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class _Column:
    at: int
    header: str
    meaning: Meaning
    read: Callable[[str], str]
    """What is understood of a cell, or ''."""


class RecordReader:
    """Reads the records of one file."""

    def __init__(self, layout: Layout) -> None:
        pairs = zip(layout.headers, layout.meanings, strict=True)
        columns = [
            _Column(at, header or f"{at + 1}", meaning, _reader_of(meaning.field, header))
            for at, (header, meaning) in enumerate(pairs)
        ]
        self._headers = layout.headers
        self._columns = sorted(columns, key=lambda column: column.meaning.rank)
        self._marks = Marks(layout.headers)

    def company(self, cells: list[str]) -> Company:
        """Raises RefusedRecord, or InvalidSiren."""
        self._refuse_what_is_no_company(cells)
        known, extra = self._read(cells)
        self._marks.settle(cells, known)
        name = _name(known)
        if not name:
            raise RefusedRecord("line.noIdentity")
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
            contacts=_contacts(known),
            extra=extra,
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

    def _read(self, cells: list[str]) -> tuple[dict[Field, str], dict[str, str]]:
        """What fields of ours take, and what none takes: unknown, not understood, said twice."""
        known: dict[Field, str] = {}
        extra: dict[str, str] = {}
        abroad = self._marks.is_abroad(cells)  # where a postal code is no French one
        for column in self._columns:
            text = bare(cells[column.at]) if column.at < len(cells) else ""
            field = column.meaning.field
            if not text or field in ("dropped", "optOut"):
                continue
            ours = field not in known and len(text) <= MOST_TEXT
            foreign = abroad and field == "postalCode"
            if field and ours and not foreign and (value := column.read(text)):
                known[field] = value
                if field == "email" and len(normalise_emails(text)) > 1:
                    extra[_free(column.header, extra)] = text
            else:
                extra[_free(column.header, extra)] = text
        return known, extra


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
    alone = _person(known) if siren else ""
    return (alone.title() if alone.isupper() else alone) or siren or known.get("email", "")


def _person(known: dict[Field, str]) -> str:
    both = (known.get("firstName", ""), known.get("lastName", ""))
    return known.get("contact") or " ".join(filter(None, both))


def _contacts(known: dict[Field, str]) -> tuple[Contact, ...]:
    contact = Contact(
        name=_person(known),
        title=known.get("title", ""),
        email=known.get("email", ""),
        phone=known.get("phone", ""),
    )
    return (contact,) if contact != Contact() else ()


def _free(header: str, taken: dict[str, str]) -> str:
    name, n = header, 2
    while name in taken:
        name, n = f"{header} ({n})", n + 1
    return name


def _reader_of(field: Field | None, header: str) -> Callable[[str], str]:
    coded = is_coded(header)
    readers: dict[Field, Callable[[str], str]] = {
        "siren": normalise_siren,
        "activity": normalise_naf,
        "headcount": lambda text: headcount_band(text, coded=coded),
        "category": lambda text: _CATEGORIES.get(text.upper(), ""),
        "postalCode": normalise_postal_code,
        "website": lambda text: text if host_of(text) else "",
        "email": normalise_email,
        "contact": _named,
        "firstName": _named,
        "lastName": _named,
        "title": lambda text: "" if is_civility(text) else _one_line(text),
        "phone": written_phone,
    }
    return readers.get(field, _one_line) if field else _one_line


def _named(text: str) -> str:
    return "" if is_no_name(text) else _one_line(text)


def _one_line(text: str) -> str:
    return " ".join(text.split())

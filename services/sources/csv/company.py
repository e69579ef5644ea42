"""From one record to the company that it describes."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from events.company import Company, Contact
from services.french.headcount import headcount_band
from services.french.naf import normalise_naf
from services.french.places import normalise_postal_code
from services.french.siren import normalise_siren
from services.identifiers.domains import host_of, normalise_domain
from services.identifiers.emails import normalise_email
from services.identifiers.phones import written_phone
from services.sources.csv.columns import Field, is_coded
from services.sources.csv.layout import Layout

_CATEGORIES = {
    "PME": "PME", "ETI": "ETI", "GE": "GE", "PETITE OU MOYENNE ENTREPRISE": "PME",
    "ENTREPRISE DE TAILLE INTERMÉDIAIRE": "ETI", "GRANDE ENTREPRISE": "GE",
}  # fmt: skip
MOST_TEXT = 1000
"""Characters; what is longer is no name, address or title."""
NOTHING = {"-", "--", "n/a", "#n/a", "#ref!", "#valeur!", "#value!", "null", "nan"}
"""What stands for an empty cell, in lower case."""


class RefusedRecord(ValueError):
    """No company can be made of this line; `code` and `params` say why."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class _Column:
    header: str
    field: Field | None
    read: Callable[[str], str]
    """What is understood of a cell, or ''."""


class RecordReader:
    """Reads the records of one file."""

    def __init__(self, layout: Layout) -> None:
        pairs = zip(layout.headers, layout.fields, strict=True)
        self._columns = [
            _Column(header or f"{at}", field, _reader_of(field, header))
            for at, (header, field) in enumerate(pairs, 1)
        ]

    def company(self, cells: list[str]) -> Company:
        """Raises RefusedRecord, or InvalidSiren."""
        surplus = [cell for cell in cells[len(self._columns) :] if cell.strip()]
        if surplus:
            expected, found = str(len(self._columns)), str(len(cells))
            raise RefusedRecord("line.tooManyFields", expected=expected, found=found)
        known, extra = self._read(cells)
        name = known.get("name") or _stand_in(known)
        if not name:
            raise RefusedRecord("line.noIdentity")
        return Company(
            name=name,
            siren=known.get("siren", ""),
            activity=known.get("activity", ""),
            headcount_band=known.get("headcount", ""),
            category=known.get("category", ""),
            postal_code=known.get("postalCode", ""),
            city=known.get("city", ""),
            website=known.get("website", ""),
            contacts=_contacts(known),
            extra=extra,
        )

    def _read(self, cells: list[str]) -> tuple[dict[Field, str], dict[str, str]]:
        """What fields of ours take, and what none takes: unknown, not understood, said twice."""
        known: dict[Field, str] = {}
        extra: dict[str, str] = {}
        for column, cell in zip(self._columns, cells, strict=False):
            text = _bare(cell)
            if not text or column.field == "dropped":
                continue
            ours = column.field and column.field not in known and len(text) <= MOST_TEXT
            if column.field and ours and (value := column.read(text)):
                known[column.field] = value
            else:
                extra[_free(column.header, extra)] = text
        return known, extra


def _bare(cell: str) -> str:
    """Without what keeps spreadsheets from eating zeros (`="01000"`, `'01000`), nor signs for
    nothing."""
    text = re.sub(r'^="(.*)"$|^\'(?=[\d+])', r"\1", cell.strip())
    return "" if text.casefold() in NOTHING else text


def _stand_in(known: dict[Field, str]) -> str:
    """What to call a company that has no name."""
    return (
        normalise_domain(known.get("website", "")) or known.get("siren") or known.get("email", "")
    )


def _contacts(known: dict[Field, str]) -> tuple[Contact, ...]:
    both = (known.get("firstName", ""), known.get("lastName", ""))
    contact = Contact(
        name=known.get("contact") or " ".join(filter(None, both)),
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
        "phone": written_phone,
    }
    return readers.get(field, _one_line) if field else _one_line


def _one_line(text: str) -> str:
    return " ".join(text.split())

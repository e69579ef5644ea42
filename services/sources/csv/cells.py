"""What is understood of a record's cells, and what is only kept."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from services.french.headcount import headcount_band
from services.french.naf import normalise_naf
from services.french.places import normalise_postal_code
from services.french.siren import normalise_siren
from services.identifiers.domains import host_of
from services.identifiers.emails import normalise_email, normalise_emails
from services.identifiers.phones import written_phone
from services.sources.csv.abroad import is_foreign_city, is_foreign_code
from services.sources.csv.columns import Meaning, is_coded
from services.sources.csv.fields import Field
from services.sources.csv.people import People, several
from services.sources.csv.values import is_civility, is_no_name

_CATEGORIES = {
    "PME": "PME", "ETI": "ETI", "GE": "GE", "PETITE OU MOYENNE ENTREPRISE": "PME",
    "ENTREPRISE DE TAILLE INTERMÉDIAIRE": "ETI", "GRANDE ENTREPRISE": "GE",
}  # fmt: skip
MOST_TEXT = 1000
"""Characters; what is longer is no name, address or title."""


@dataclass(frozen=True, slots=True)
class Column:
    at: int
    header: str
    meaning: Meaning
    person: int
    """Whose it is, where it is of people: 1 is the first."""
    read: Callable[[str], str]
    """What is understood of a cell, or ''."""


@dataclass(slots=True)
class CellsRead:
    """One record as far as it is read."""

    known: dict[Field, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    people: People = field(default_factory=People)
    postal_code: tuple[str, str] = ("", "")
    """Header and text of the cell that was read as one."""

    def keep(self, header: str, text: str) -> None:
        self.extra[_free(header, self.extra)] = text

    def forget_emails(self) -> None:
        for known in (self.known, *self.people.others.values()):
            known.pop("email", None)
        self.people.emails.clear()
        self.extra = {h: text for h, text in self.extra.items() if not normalise_emails(text)}

    def take(self, column: Column, text: str) -> bool:
        """Whether all that the cell says has a place."""
        ours = cast(Field, column.meaning.field)
        known = self.known
        if column.person > 1:
            known = self.people.others.setdefault(column.person, {})
        elif ours == "email":
            return self._take_emails(text)
        elif ours == "contact":
            return self._take_names(text)
        if ours in known or not (value := column.read(text)):
            return False
        known[ours] = value
        if ours == "postalCode":
            self.postal_code = (column.header, text)
        return True

    def _take_emails(self, text: str) -> bool:
        """The first is the first contact's, the others are contacts of their own; what else the
        cell says is not taken."""
        first, *others = [*normalise_emails(text), ""]
        self._first_or_other("email", first, self.people.emails)
        self.people.emails += filter(None, others)
        return bool(first) and not _ADDRESSES.sub("", text).strip(" \t\r\n,;|<>()[]'\"")

    def _take_names(self, text: str) -> bool:
        names = [*map(_named, several(text))]
        for name in filter(None, names):
            self._first_or_other("contact", name, self.people.names)
        return all(names)

    def _first_or_other(self, name: Field, value: str, others: list[str]) -> None:
        if value and self.known.setdefault(name, value) != value:
            others.append(value)


_ADDRESSES = re.compile(r"(mailto:)?[^\s,;|<>()\[\]]+@[^\s,;|<>()\[\]]+", re.IGNORECASE)
_PLACE = re.compile(r"(\d{5})\s+(\D.*)")


def settle_place(record: CellsRead) -> None:
    """Takes a postal code back that the rest of the record says is another country's, and one out
    of « 34000 Montpellier »."""
    known = record.known
    header, text = record.postal_code
    said = {f: known.get(f, "") for f in ("city", "website", "email", "phone")}
    if header and is_foreign_code(text, **said):
        del known["postalCode"]
        record.keep(header, text)
    both = _PLACE.fullmatch(known.get("city", ""))
    if both and not header and not is_foreign_city(both[2]) and normalise_postal_code(both[1]):
        known["postalCode"], known["city"] = normalise_postal_code(both[1]), both[2]


def _free(header: str, taken: dict[str, str]) -> str:
    name, n = header, 2
    while name in taken:
        name, n = f"{header} ({n})", n + 1
    return name


def reader_of(field: Field | None, header: str) -> Callable[[str], str]:
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

"""The people of one record: those of « Contact », « Contact 2 », and addresses that nobody's name
stands beside."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from events.company import Contact
from services.prospecting.words import words_in
from services.sources.csv.fields import Field

OF_PEOPLE: frozenset[Field] = frozenset(
    ("contact", "firstName", "lastName", "title", "email", "phone")
)
_NAMES: frozenset[Field] = frozenset(("contact", "firstName", "lastName"))
_SEVERAL = re.compile(r"\s*[;|\n\r]+\s*")

Known = Mapping[Field, str]


@dataclass(slots=True)
class People:
    """What one record says of people, besides its first."""

    others: dict[int, dict[Field, str]] = field(default_factory=dict)
    """Those with columns of their own, by number."""
    names: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)

    def contacts(self, first: Known) -> tuple[Contact, ...]:
        """Everybody once. As many names as addresses belong together."""
        paired = len(self.names) == len(self.emails)
        addresses = self.emails if paired else [""] * len(self.names)
        people = [_contact(first), *map(_contact, self.others.values())]
        people += [Contact(name=n, email=e) for n, e in zip(self.names, addresses, strict=True)]
        people += [] if paired else [Contact(email=email) for email in self.emails]
        return tuple(_once(_named_apart(first, people)))


def numbers_of_people(fields: Sequence[tuple[str, Field | None]]) -> list[int]:
    """Whose each column is: `Nom contact 2` and `E-mail 2` are a second person's, but a second
    address or telephone without a name is the first's."""
    numbers = [_number(header) if f in OF_PEOPLE else 1 for header, f in fields]
    named = {n for n, (_, f) in zip(numbers, fields, strict=True) if f in _NAMES}
    return [n if n in named and 1 in named else 1 for n in numbers]


def several(text: str) -> list[str]:
    """The names in one cell, one a line or with a separator between."""
    return [*filter(None, _SEVERAL.split(text.strip()))]


def person_name(known: Known) -> str:
    both = (known.get("firstName", ""), known.get("lastName", ""))
    return known.get("contact") or " ".join(filter(None, both))


def _number(header: str) -> int:
    found = re.findall(r"(?<!\d)[2-9](?!\d)", header)
    return int(found[0]) if len(found) == 1 else 1


def _contact(known: Known) -> Contact:
    return Contact(
        name=person_name(known),
        title=known.get("title", ""),
        email=known.get("email", ""),
        phone=known.get("phone", ""),
    )


def _named_apart(first: Known, people: list[Contact]) -> list[Contact]:
    """With the one whose first and last name stand beside somebody else's whole name."""
    apart = " ".join(filter(None, (first.get("firstName", ""), first.get("lastName", ""))))
    return [*people, Contact(name=apart)] if apart and first.get("contact") else people


def _once(people: Sequence[Contact]) -> Iterator[Contact]:
    names: list[frozenset[str]] = []
    emails: set[str] = set()
    for person in people:
        name = frozenset(words_in(person.name))
        said = person.title or person.phone or (person.email and person.email not in emails)
        known = any(name <= other for other in names) if name else True
        if said or not known:
            yield person
        names.append(name)
        emails.add(person.email)

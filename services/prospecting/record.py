"""What a company's record holds, as evidence by code: each value with the line that it stands on,
labelled in French as the sources themselves are."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from events.company import Company, Contact, Evidence, How
from events.targeting import HEADCOUNT_BANDS, Targeting


class Origin(NamedTuple):
    """Where a value came from."""

    source: str
    source_url: str
    how: How


class Line(NamedTuple):
    """One field's value under its label."""

    field: str
    value: str
    quote: str
    person: str = ""


_NAF = re.compile(r"\d\d\.\d\d[A-Z]")
_POSTAL_CODE = re.compile(r"\d{5}")
_EMAIL = re.compile(r"\S+@\S+")
REACHED_BY = frozenset({"email", "phone", "website"})


def lines(company: Company) -> Iterator[Line]:
    """What can be scored of it."""
    if _NAF.fullmatch(company.activity):
        yield _line("activity", "Activité NAF", company.activity)
    if people := HEADCOUNT_BANDS.get(company.headcount_band):
        band = company.headcount_band
        yield Line("headcountBand", band, f"Effectif : {people} salariés (tranche {band})")
    if _POSTAL_CODE.fullmatch(company.postal_code):
        yield _line("postalCode", "Code postal", company.postal_code)
    if website := company.website.strip():
        yield _line("website", "Site web", website)
    for contact in company.contacts:
        yield from _contact(contact)


def _contact(contact: Contact) -> Iterator[Line]:
    person = _one_line(contact.name)
    if title := _one_line(contact.title):
        yield _line("jobTitle", "Fonction", title, person)
    if _EMAIL.fullmatch(email := contact.email.strip()):
        yield _line("email", "E-mail", email, person)
    if phone := _one_line(contact.phone):
        yield _line("phone", "Téléphone", phone, person)


def evidence(
    company: Company, origin: Origin, later: Mapping[str, Origin], at: datetime
) -> list[Evidence]:
    """`later` holds, by quote, where what was not known at first came from."""
    said = []
    for line in lines(company):
        source, source_url, how = later.get(line.quote, origin)
        said.append(
            Evidence(
                **line._asdict(),
                source=source,
                source_url=source_url,
                at=at,
                how=how,
                confidence=1,
            )
        )
    return said


def lacks(company: Company, targeting: Targeting) -> frozenset[str]:
    """Which fields a score asks for that the record does not hold."""
    asked = {*REACHED_BY}
    if targeting.activities or targeting.sections:
        asked.add("activity")
    if targeting.headcount_bands:
        asked.add("headcountBand")
    if targeting.postal_codes or targeting.departements or targeting.regions:
        asked.add("postalCode")
    if targeting.job_titles or targeting.seniorities:
        asked.add("jobTitle")
    return frozenset(asked) - {line.field for line in lines(company)}


def _line(field: str, label: str, value: str, person: str = "") -> Line:
    return Line(field, value, f"{label} : {value}", person)


def _one_line(value: str) -> str:
    return " ".join(value.split())

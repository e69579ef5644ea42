"""What a crew reads: companies as text, labelled in French as the sources themselves are, since
what is quoted from it is shown as evidence."""

from collections.abc import Iterator, Sequence

from events.company import Company, Contact
from events.targeting import HEADCOUNT_BANDS

LONGEST_TEXT_CHARS = 8000
"""Of a source's own words that a model is given."""
LONGEST_EXTRA_CHARS = 500


def of_company(company: Company) -> str:
    """One prospect's document; a value stays on its label's line whatever it holds."""
    lines = [f"{label} : {_one_line(value)}" for label, value in _fields(company) if value.strip()]
    if company.text:
        lines.append(f"Texte : {company.text[:LONGEST_TEXT_CHARS]}")
    return "\n".join(lines)


def of_page(companies: Sequence[Company]) -> str:
    """A source's page: one numbered line for each company, without its contacts."""
    return "\n".join(f"[{n}] {_summary(company)}" for n, company in enumerate(companies, 1))


def _fields(company: Company) -> Iterator[tuple[str, str]]:
    yield "Entreprise", company.name
    yield "SIREN", company.siren
    yield "Activité NAF", company.activity
    yield "Effectif", _headcount(company.headcount_band)
    yield "Catégorie", company.category
    yield "Code postal", company.postal_code
    yield "Ville", company.city
    yield "Site web", company.website
    for contact in company.contacts:
        yield from _contact(contact)
    for name, value in company.extra.items():
        yield _one_line(name), value[:LONGEST_EXTRA_CHARS]


def _contact(contact: Contact) -> Iterator[tuple[str, str]]:
    yield "Contact", contact.name
    yield "Fonction", contact.title
    yield "E-mail", contact.email
    yield "Téléphone", contact.phone


def _headcount(band: str) -> str:
    people = HEADCOUNT_BANDS.get(band)
    return f"{people} salariés (tranche {band})" if people else ""


def _summary(company: Company) -> str:
    parts = (
        company.name,
        company.activity and f"activité {company.activity}",
        _headcount(company.headcount_band),
        f"{company.postal_code} {company.city}".strip(),
        company.website,
    )
    return " ; ".join(_one_line(part) for part in parts if part)


def _one_line(value: str) -> str:
    return " ".join(value.split())

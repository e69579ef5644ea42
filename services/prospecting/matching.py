"""When two companies are one, and what is known of both together."""

from events.company import Company, Contact
from events.fact import Value
from services.identifiers.domains import normalise_domain
from services.identifiers.phones import normalise_phone
from services.prospecting.company_names import same_name
from services.prospecting.identity import KeyKind, is_nameless, place_of
from services.prospecting.words import words_in

MOST_CONTACTS = 100
_BETWEEN = " | "
LARGEST_COMPANY = 256 * 1024
"""Characters of its JSON."""


def is_one(by: KeyKind, one: Company, other: Company) -> bool:
    """Whether two companies that have a key of kind `by` in common are one. Never across two
    SIRENs, and a shared name or e-mail does not outweigh two web sites."""
    if one.siren and other.siren:
        return one.siren == other.siren
    match by:
        case "domain":
            return _same_name(one, other)
        case "email":
            alike = _same_name(one, other) or _same_place(one, other)
            return alike and not _two_sites(one, other)
        case "name":
            return not _two_sites(one, other)
        case _:
            return True


def are_one(one: Company, other: Company) -> bool:
    """Whether two companies that a third is one with are one themselves."""
    if one.siren and other.siren:
        return one.siren == other.siren
    return _same_name(one, other) and not _two_sites(one, other)


def _same_name(one: Company, other: Company) -> bool:
    """Nothing speaks against a company that came without a name."""
    return is_nameless(one) or is_nameless(other) or same_name(one.name, other.name)


def _same_place(one: Company, other: Company) -> bool:
    place = place_of(one)
    return bool(place) and place == place_of(other)


def _two_sites(one: Company, other: Company) -> bool:
    return len({normalise_domain(one.website), normalise_domain(other.website)} - {""}) > 1


def complete(known: Company, more: Company) -> Company:
    """What is known, its gaps filled and its contacts joined by those of `more`, as long as there
    is room."""
    gaps = {
        name: value
        for name in Company.model_fields
        if name not in ("contacts", "extra") and not getattr(known, name)
        if (value := getattr(more, name))
    }
    contacts = list(known.contacts)
    extra = _both(known.extra, more.extra)
    for contact in more.contacts:
        extra = _both(extra, _add(contacts, contact))
    extra = _both(extra, _others(_OF_COMPANIES, known, more))
    completed = known.model_copy(update={**gaps, "contacts": tuple(contacts), "extra": extra})
    return completed if completed == known or _fits(completed) else known


def _both(known: dict[str, str], more: dict[str, str]) -> dict[str, str]:
    """Where they differ under one name, one after the other, each once."""
    joined = {**more, **known}
    for name in known.keys() & more.keys():
        if more[name] not in known[name].split(_BETWEEN):
            joined[name] = f"{known[name]}{_BETWEEN}{more[name]}"
    return joined


def _fits(company: Company) -> bool:
    """Each enrichment says the whole company again, and one message holds it: thousands of lines
    about one company must not each be longer than the one before."""
    return (
        len(company.contacts) <= MOST_CONTACTS and len(company.model_dump_json()) <= LARGEST_COMPANY
    )


_OF_COMPANIES = {"website": "website", "record_id": "recordId"}
_OF_PEOPLE = {"title": "title", "phone": "phone", "record_id": "recordId"}


def _others(names: dict[str, str], known: Value, more: Value) -> dict[str, str]:
    """What `more` says otherwise than is known: it stays beside it, under the field's name."""
    pairs = ((public, getattr(known, name), getattr(more, name)) for name, public in names.items())
    return {public: other for public, here, other in pairs if here and other and here != other}


def _add(contacts: list[Contact], more: Contact) -> dict[str, str]:
    """A person who is among them is completed, another comes last; what was said otherwise."""
    for at, contact in enumerate(contacts):
        if _same_person(contact, more):
            gaps = {name: value for name, value in more if value and not getattr(contact, name)}
            contacts[at] = contact.model_copy(update=gaps)
            return _others(_OF_PEOPLE, contact, more)
    contacts.append(more)
    return {}


def _same_person(one: Contact, other: Contact) -> bool:
    if one.email and other.email:
        return one.email.casefold() == other.email.casefold()
    if one.name and other.name:
        return words_in(one.name) == words_in(other.name)
    if one.phone and other.phone:
        return normalise_phone(one.phone) == normalise_phone(other.phone)
    return one.name == other.name and one.email == other.email

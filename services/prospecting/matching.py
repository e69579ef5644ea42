"""When two companies are one, and what is known of both together."""

from events.company import Company, Contact
from services.identifiers.domains import normalise_domain
from services.identifiers.phones import normalise_phone
from services.prospecting.company_names import same_name
from services.prospecting.identity import KeyKind, is_nameless, place_of
from services.prospecting.words import words_in

MOST_CONTACTS = 100
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
    for contact in more.contacts:
        _add(contacts, contact)
    extra = {**more.extra, **known.extra}
    completed = known.model_copy(update={**gaps, "contacts": tuple(contacts), "extra": extra})
    return completed if completed == known or _fits(completed) else known


def _fits(company: Company) -> bool:
    """Each enrichment says the whole company again, and one message holds it: thousands of lines
    about one company must not each be longer than the one before."""
    return (
        len(company.contacts) <= MOST_CONTACTS and len(company.model_dump_json()) <= LARGEST_COMPANY
    )


def _add(contacts: list[Contact], more: Contact) -> None:
    """A person who is among them is completed, another comes last."""
    for at, contact in enumerate(contacts):
        if _same_person(contact, more):
            gaps = {name: value for name, value in more if value and not getattr(contact, name)}
            contacts[at] = contact.model_copy(update=gaps)
            return
    contacts.append(more)


def _same_person(one: Contact, other: Contact) -> bool:
    if one.email and other.email:
        return one.email.casefold() == other.email.casefold()
    if one.name and other.name:
        return words_in(one.name) == words_in(other.name)
    if one.phone and other.phone:
        return normalise_phone(one.phone) == normalise_phone(other.phone)
    return one.name == other.name and one.email == other.email

"""The same company, found again, is the same prospect."""

from events.company import Company, Contact
from events.prospect import (
    ProspectAliased,
    ProspectEnriched,
    ProspectErased,
    ProspectFound,
    ProspectMerged,
)
from services.prospecting.deduplication import (
    Finding,
    Known,
    Placement,
    follow,
    place,
)
from services.prospecting.identity import Identity, keys_of
from services.prospecting.matching import LARGEST_COMPANY, MOST_CONTACTS
from services.prospecting.prospect import Prospect, fold
from tests.unit.prospecting.shelf import BAKERY, CAMPAIGN, NOW

IDENTITY = Identity(b"k" * 32)


class Book:
    """What the log would hold after each finding."""

    def __init__(self) -> None:
        self.known: dict[str, Known] = {}

    def find(self, company: Company) -> Placement:
        finding = Finding(company=company, source="csv", how="import")
        claims = IDENTITY.claims("acme", CAMPAIGN, company)
        placement = place(finding, claims, self.known, NOW)
        placement.apply(self.known)
        return placement

    def prospects(self) -> list[Prospect]:
        return [k.state for k in self.known.values() if isinstance(k.state, Prospect)]


def kinds(placement: Placement) -> list[type]:
    return [type(fact) for facts in placement.facts.values() for fact in facts]


def test_a_new_company_is_found_under_its_strongest_key_and_claims_the_others() -> None:
    placement = Book().find(BAKERY)
    assert placement.outcome == "found"
    assert kinds(placement) == [ProspectFound, ProspectAliased, ProspectAliased, ProspectAliased]
    assert next(iter(placement.facts)) == IDENTITY.claims("acme", CAMPAIGN, BAKERY)[0].id


def test_found_twice_it_yields_nothing_more() -> None:
    book = Book()
    book.find(BAKERY)
    again = book.find(BAKERY)
    assert (again.outcome, again.facts) == ("known", {})


def test_another_contact_of_the_company_joins_it() -> None:
    book = Book()
    book.find(BAKERY)
    other = BAKERY.model_copy(
        update={"contacts": (Contact(name="Zoé Mie", email="zoe@x.example"),)}
    )
    assert book.find(other).outcome == "enriched"
    [prospect] = book.prospects()
    assert [c.name for c in prospect.company.contacts] == ["Ada Levain", "Zoé Mie"]


def test_thousands_of_lines_about_one_company_do_not_grow_without_end() -> None:
    book = Book()
    for number in range(2 * MOST_CONTACTS):
        contact = Contact(name=f"Ada {number}", email=f"ada{number}@pain.example")
        last = book.find(BAKERY.model_copy(update={"contacts": (contact,)}))
    assert last.outcome == "known"
    for number in range(8):
        last = book.find(BAKERY.model_copy(update={"extra": {f"note {number}": "é" * 90_000}}))
    assert last.outcome == "known"
    (prospect,) = book.prospects()
    assert len(prospect.company.contacts) == MOST_CONTACTS
    assert len(prospect.company.model_dump_json()) <= LARGEST_COMPANY


def test_a_siren_learnt_later_is_claimed_by_the_prospect_known_by_its_site() -> None:
    book = Book()
    book.find(BAKERY.model_copy(update={"siren": ""}))
    placement = book.find(BAKERY)
    assert placement.outcome == "enriched"
    assert kinds(placement) == [ProspectEnriched, ProspectAliased]
    [prospect] = book.prospects()
    assert prospect.company.siren == BAKERY.siren


def test_two_prospects_that_turn_out_to_be_one_company_are_merged() -> None:
    book = Book()
    by_siren = Company(name="Boulangerie Imaginaire SARL", siren=BAKERY.siren)
    by_site = Company(name="Imaginaire", website=BAKERY.website)
    book.find(by_siren)
    book.find(by_site)
    assert len(book.prospects()) == 2
    placement = book.find(BAKERY)
    assert ProspectMerged in kinds(placement)
    assert len(book.prospects()) == 1
    loser = IDENTITY.claims("acme", CAMPAIGN, by_site)[0].id
    assert follow(loser, book.known)[0] == IDENTITY.claims("acme", CAMPAIGN, by_siren)[0].id


def test_two_sirens_are_never_merged_though_they_share_a_site() -> None:
    book = Book()
    book.find(BAKERY)
    sister = BAKERY.model_copy(update={"siren": "552100554", "name": "Meunerie Imaginaire"})
    assert book.find(sister).outcome == "found"
    assert len(book.prospects()) == 2


def test_the_same_name_at_another_site_is_another_company() -> None:
    book = Book()
    book.find(Company(name="Dupont", postal_code="75011", website="dupont.example"))
    book.find(Company(name="Dupont", postal_code="75011", website="dupont-fils.example"))
    assert len(book.prospects()) == 2


def test_an_erased_company_never_comes_back() -> None:
    book = Book()
    book.find(BAKERY)
    first = IDENTITY.claims("acme", CAMPAIGN, BAKERY)[0].id
    book.known[first] = Known(fold(book.known[first].state, ProspectErased()), 2)
    again = book.find(BAKERY)
    assert (again.outcome, again.facts) == ("erased", {})


def test_an_id_tells_neither_campaign_nor_organisation_and_differs_between_them() -> None:
    key = keys_of(BAKERY)[0]
    ids = {
        IDENTITY.prospect_id("acme", "c-1", key),
        IDENTITY.prospect_id("acme", "c-2", key),
        IDENTITY.prospect_id("umbrella", "c-1", key),
        Identity(b"other" * 8).prospect_id("acme", "c-1", key),
    }
    assert len(ids) == 4
    assert all(BAKERY.siren not in id for id in ids)

"""Where a company that was found belongs: new, already known, or two prospects that are one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from events.company import Company, Contact, How
from events.fact import Fact
from events.prospect import ProspectAliased, ProspectEnriched, ProspectFound, ProspectMerged
from services.identifiers.domains import normalise_domain
from services.prospecting.prospect import Elsewhere, Forgotten, Prospect, State, fold

MOST_CONTACTS = 100
LARGEST_COMPANY = 256 * 1024
"""Characters of its JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A company as a source or an agent brought it."""

    company: Company
    source: str
    source_url: str = ""
    how: How
    agent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the log holds under one id; version 0 is nothing."""

    state: State | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Placement:
    """The facts to append, by id, and what became of the finding."""

    facts: dict[str, list[Fact]] = field(default_factory=dict)
    outcome: str = "known"
    """`found`, `enriched`, `known` or `erased`."""

    def apply(self, known: dict[str, Known]) -> None:
        """Lets later findings of the same batch see this one."""
        for id, facts in self.facts.items():
            at = known.get(id, Known())
            state = at.state
            for fact in facts:
                state = fold(state, fact)  # type: ignore[arg-type]  # only prospect facts get here
            known[id] = Known(state, at.version + len(facts))


def follow(id: str, known: dict[str, Known]) -> tuple[str, State | None]:
    """The prospect that an id stands for in the end, through aliases and merges."""
    state = known.get(id, Known()).state
    seen = {id}
    while isinstance(state, Elsewhere) and state.to not in seen:
        id = state.to
        seen.add(id)
        state = known.get(id, Known()).state
    return id, state


def place(
    finding: Finding, ids: Sequence[str], known: dict[str, Known], now: datetime
) -> Placement:
    """`ids` are derived from the company's keys, strongest first; `known` holds what the log has
    under each of them and under every id that those lead to."""
    hosts: dict[str, Prospect] = {}
    for id in ids:
        target, state = follow(id, known)
        if isinstance(state, Forgotten):
            return Placement(outcome="erased")
        if isinstance(state, Prospect) and _may_be_one(state.company, finding.company):
            hosts.setdefault(target, state)
    free = [id for id in ids if known.get(id, Known()).version == 0]
    if not hosts:
        return _new(finding, free, now)
    host, prospect = next(iter(hosts.items()))
    return _join(finding, host, prospect, free, {**hosts})


def _may_be_one(one: Company, other: Company) -> bool:
    """Never across two SIRENs; and a shared name or address does not outweigh two web sites."""
    if one.siren and other.siren:
        return one.siren == other.siren
    domains = {normalise_domain(one.website), normalise_domain(other.website)} - {""}
    return len(domains) < 2


def _new(finding: Finding, free: Sequence[str], now: datetime) -> Placement:
    if not free:
        return Placement(outcome="known")
    first, *others = free
    found = ProspectFound(
        company=finding.company,
        source=finding.source,
        source_url=finding.source_url,
        how=finding.how,
        agent_id=finding.agent_id,
        found_at=now,
    )
    facts: dict[str, list[Fact]] = {first: [found]}
    facts.update({id: [ProspectAliased(to=first)] for id in others})
    return Placement(facts, "found")


def _join(
    finding: Finding,
    host: str,
    prospect: Prospect,
    free: Sequence[str],
    hosts: dict[str, Prospect],
) -> Placement:
    merged = [
        id
        for id, other in hosts.items()
        if id != host and _may_be_one(other.company, prospect.company)
    ]
    company = complete(prospect.company, finding.company)
    for id in merged:
        company = complete(company, hosts[id].company)
    facts: dict[str, list[Fact]] = {}
    if company != prospect.company:
        facts[host] = [ProspectEnriched(company=company, source=finding.source, how=finding.how)]
    facts.update({id: [ProspectAliased(to=host)] for id in free})
    facts.update({id: [ProspectMerged(into=host)] for id in merged})
    changed = host in facts or bool(merged)
    return Placement(facts, "enriched" if changed else "known")


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
        if not any(_same_person(contact, other) for other in contacts):
            contacts.append(contact)
    extra = {**more.extra, **known.extra}
    completed = known.model_copy(update={**gaps, "contacts": tuple(contacts), "extra": extra})
    return completed if completed == known or _fits(completed) else known


def _fits(company: Company) -> bool:
    """Each enrichment says the whole company again, and one message holds it: thousands of lines
    about one company must not each be longer than the one before."""
    return (
        len(company.contacts) <= MOST_CONTACTS and len(company.model_dump_json()) <= LARGEST_COMPANY
    )


def _same_person(one: Contact, other: Contact) -> bool:
    if one.email and other.email:
        return one.email.casefold() == other.email.casefold()
    return one.name.casefold() == other.name.casefold()

"""Where a company that was found belongs: new, already known, or two prospects that are one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from events.company import Company, How
from events.fact import Fact
from events.prospect import ProspectAliased, ProspectEnriched, ProspectFound, ProspectMerged
from services.prospecting.identity import Claim, KeyKind
from services.prospecting.matching import are_one, complete, is_one
from services.prospecting.prospect import Elsewhere, Forgotten, Prospect, State, fold

Outcome = Literal["found", "enriched", "known", "erased", "full"]
"""`full`: it would be new, and the campaign has as many as it wants."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A company as a source or an agent brought it."""

    company: Company
    source: str
    source_url: str = ""
    how: How
    agent_id: str | None = None
    occurrence: int = 0
    """How many like it, in every cell, came before it in the same list."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the log holds under one id; version 0 is nothing."""

    state: State | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Joined:
    """A prospect that a finding is one with, and the kind of key that says so."""

    id: str
    by: KeyKind
    prospect: Prospect

    @property
    def company(self) -> Company:
        return self.prospect.company


@dataclass(frozen=True, slots=True)
class Placement:
    """The facts to append, by id, and what became of the finding."""

    outcome: Outcome
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    into: Joined | None = None
    """What it is one with, where it is not new."""

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
    finding: Finding, claims: Sequence[Claim], known: dict[str, Known], now: datetime
) -> Placement:
    """`claims` are the company's, strongest first, its record's last; `known` holds what the log
    has under each of them, under every id that those lead to, and under the witnesses of what was
    erased."""
    *keys, record = claims
    gone = [c for c in claims if isinstance(follow(c.id, known)[1], Forgotten)]
    if any(not claim.witnesses for claim in gone):
        return Placement("erased")
    joined = _joined(finding.company, claims, known)
    if not joined and _was_erased(keys, gone, known):
        return Placement("erased")
    free = [claim.id for claim in keys if known.get(claim.id, Known()).version == 0]
    if not joined:
        return _new(finding, free or [record.id], now)
    return _join(finding, joined, free)


def _joined(
    company: Company, claims: Sequence[Claim], known: dict[str, Known]
) -> dict[str, Joined]:
    """The prospects that the company is one with, that of its strongest claim first."""
    joined: dict[str, Joined] = {}
    for claim in claims:
        id, state = follow(claim.id, known)
        if isinstance(state, Prospect) and is_one(claim.kind, state.company, company):
            joined.setdefault(id, Joined(id, claim.kind, state))
    return joined


def _was_erased(keys: Sequence[Claim], gone: Sequence[Claim], known: dict[str, Known]) -> bool:
    """Whether it was this company, and not a stranger who has its host or its e-mail too. With
    neither a witness nor a name and place of its own, who has both is it."""
    witnesses = [known.get(id, Known()).state for claim in gone for id in claim.witnesses]
    if any(isinstance(state, Forgotten) for state in witnesses):
        return True
    return len(gone) > 1 and not any(claim.kind in ("siren", "name") for claim in keys)


def _new(finding: Finding, free: Sequence[str], now: datetime) -> Placement:
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
    return Placement("found", facts)


def _join(finding: Finding, joined: dict[str, Joined], free: Sequence[str]) -> Placement:
    into, *others = joined.values()
    merged = [other for other in others if are_one(other.company, into.company)]
    company = complete(into.company, finding.company)
    for other in merged:
        company = complete(company, other.company)
    facts: dict[str, list[Fact]] = {}
    if company != into.company:
        enriched = ProspectEnriched(company=company, source=finding.source, how=finding.how)
        facts[into.id] = [enriched]
    facts.update({id: [ProspectAliased(to=into.id)] for id in free})
    facts.update({other.id: [ProspectMerged(into=into.id)] for other in merged})
    changed = into.id in facts or bool(merged)
    return Placement("enriched" if changed else "known", facts, into)

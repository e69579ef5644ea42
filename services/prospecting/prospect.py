"""A prospect's life: found → scored → qualified; or failed until it is retried; or erased."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from events.company import Company, Evidence, How
from events.fact import Fact, Value
from events.prospect import (
    Factor,
    ProspectAliased,
    ProspectAssigned,
    ProspectEnriched,
    ProspectErased,
    ProspectFact,
    ProspectFailed,
    ProspectFound,
    ProspectMerged,
    ProspectQualified,
    ProspectScored,
    ProspectStatus,
    PublicProspect,
)
from events.targeting import Targeting
from services.prospecting import errors, record
from services.prospecting.record import Origin
from services.prospecting.scoring import RUBRIC
from services.prospecting.scoring import score as factors_of


class Prospect(Value):
    """A prospect as its facts leave it."""

    status: ProspectStatus = "found"
    company: Company
    source: str
    source_url: str
    how: How
    found_at: datetime
    score: int | None = None
    factors: tuple[Factor, ...] = ()
    read: tuple[Evidence, ...] = ()
    """What a model read in the company's own words."""
    model: str = ""
    failure: str = ""
    """The code of its last one."""
    later: dict[str, Origin] = {}
    """Where values that were not known at first came from, by the line that they stand on."""

    @property
    def on_record(self) -> list[Evidence]:
        origin = Origin(self.source, self.source_url, self.how)
        return record.evidence(self.company, origin, self.later, self.found_at)


class Elsewhere(Value):
    """An id that stands for another prospect."""

    to: str


class Forgotten(Value):
    """An id whose prospect was erased; it never comes back."""


State = Prospect | Elsewhere | Forgotten


def fold(state: State | None, fact: ProspectFact) -> State:
    match fact:
        case ProspectFound():
            return _found(fact)
        case ProspectAliased(to=to) | ProspectMerged(into=to):
            return Elsewhere(to=to)
        case ProspectErased():
            return Forgotten()
        case _:
            if not isinstance(state, Prospect):
                return state or Forgotten()
            return state.model_copy(update=_change(state, fact))


def _found(fact: ProspectFound) -> Prospect:
    return Prospect(
        company=fact.company,
        source=fact.source,
        source_url=fact.source_url,
        how=fact.how,
        found_at=fact.found_at,
    )


def _change(
    prospect: Prospect,
    fact: ProspectEnriched | ProspectAssigned | ProspectScored | ProspectQualified | ProspectFailed,
) -> dict[str, object]:
    match fact:
        case ProspectEnriched():
            return {"company": fact.company, "later": {**prospect.later, **_new(prospect, fact)}}
        case ProspectAssigned():
            return {"status": "found"}
        case ProspectScored():
            return {
                "status": "scored",
                "score": fact.score,
                "factors": fact.prospect.factors,
                "read": tuple(item for item in fact.evidence if item.how == "llm"),
                "model": fact.model,
            }
        case ProspectQualified():
            return {"status": "qualified"}
        case ProspectFailed():
            return {"status": "failed", "failure": fact.code}
        case _:
            assert_never(fact)


def _new(prospect: Prospect, fact: ProspectEnriched) -> dict[str, Origin]:
    """Where the lines come from that the record did not have."""
    had = {line.quote for line in record.lines(prospect.company)}
    origin = Origin(fact.source, "", fact.how)
    return {line.quote: origin for line in record.lines(fact.company) if line.quote not in had}


def public(prospect: Prospect, id: str, campaign_id: str) -> PublicProspect:
    """The prospect as the outside sees it."""
    return PublicProspect.of(
        prospect.company,
        id=id,
        campaign_id=campaign_id,
        status=prospect.status,
        found_at=prospect.found_at,
        score=prospect.score,
        factors=prospect.factors,
    )


def score(
    prospect: Prospect,
    shown: PublicProspect,
    targeting: Targeting,
    threshold: int,
    read: Sequence[Evidence],
    model: str,
) -> list[Fact]:
    """Its score by its record and by what `model` read, and above the threshold that it is
    qualified; nothing where it is not waiting for one (the same work delivered twice, or merged and
    erased meanwhile), and where the targeting asks nothing."""
    if prospect.status != "found" or not targeting.asks:
        return []
    return _scored(prospect, shown, targeting, threshold, read, model)


def rescore(
    prospect: Prospect, shown: PublicProspect, targeting: Targeting, threshold: int
) -> list[Fact]:
    """Its score by what is known by now and asked by now, where that makes a difference."""
    if prospect.status not in ("scored", "qualified") or not targeting.asks:
        return []
    facts = _scored(prospect, shown, targeting, threshold, prospect.read, prospect.model)
    factors = factors_of(targeting, _evidence(prospect, prospect.read))
    status = "qualified" if len(facts) > 1 else "scored"
    if factors != prospect.factors:
        return facts
    if status == prospect.status:
        return []
    return facts[1:] or facts  # above the threshold by now; or below it again


def _scored(
    prospect: Prospect,
    shown: PublicProspect,
    targeting: Targeting,
    threshold: int,
    read: Sequence[Evidence],
    model: str,
) -> list[Fact]:
    evidence = _evidence(prospect, read)
    factors = factors_of(targeting, evidence)
    total = sum(factor.points for factor in factors)
    scored = shown.model_copy(update={"status": "scored", "score": total, "factors": factors})
    facts: list[Fact] = [
        ProspectScored(
            prospect=scored,
            score=total,
            first=prospect.score is None,
            rubric=RUBRIC,
            evidence=tuple(evidence),
            model=model,
        )
    ]
    if total > threshold:
        qualified = scored.model_copy(update={"status": "qualified"})
        facts.append(ProspectQualified(prospect=qualified, threshold=threshold))
    return facts


def _evidence(prospect: Prospect, read: Sequence[Evidence]) -> list[Evidence]:
    """The record's, then what it lacks or is contradicted in."""
    held = prospect.on_record
    said = {(item.field, item.value.casefold()) for item in held}
    return [*held, *(item for item in read if (item.field, item.value.casefold()) not in said)]


def fail(
    prospect: Prospect, shown: PublicProspect, code: str, params: dict[str, str]
) -> list[Fact]:
    if prospect.status != "found":
        return []
    failed = shown.model_copy(update={"status": "failed"})
    return [ProspectFailed(prospect=failed, code=code, params=params)]


def retry(prospect: Prospect) -> ProspectAssigned:
    """To be scored again. Raises `NotFailed`."""
    if prospect.status != "failed":
        raise errors.NotFailed()
    return ProspectAssigned(reason="retried")

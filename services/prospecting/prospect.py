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
from services.prospecting import errors
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
            return state.model_copy(update=_change(fact))


def _found(fact: ProspectFound) -> Prospect:
    return Prospect(
        company=fact.company,
        source=fact.source,
        source_url=fact.source_url,
        how=fact.how,
        found_at=fact.found_at,
    )


def _change(
    fact: ProspectEnriched | ProspectAssigned | ProspectScored | ProspectQualified | ProspectFailed,
) -> dict[str, object]:
    match fact:
        case ProspectEnriched():
            return {"company": fact.company}
        case ProspectAssigned():
            return {"status": "found"}
        case ProspectScored():
            return {
                "status": "scored",
                "score": fact.score,
                "factors": fact.prospect.factors,
            }
        case ProspectQualified():
            return {"status": "qualified"}
        case ProspectFailed():
            return {"status": "failed"}
        case _:
            assert_never(fact)


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
    evidence: Sequence[Evidence],
    model: str,
) -> list[Fact]:
    """Its score and, above the threshold, that it is qualified; nothing where it is not waiting
    for one (the same work delivered twice, or merged and erased meanwhile)."""
    if prospect.status != "found":
        return []
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

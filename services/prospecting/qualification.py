"""Deciding a prospect's score, and whether it is qualified: at first, and when more is known."""

from collections.abc import Sequence

from events.company import Evidence
from events.fact import Fact
from events.prospect import ProspectQualified, ProspectScored, PublicProspect
from events.targeting import Targeting
from services.prospecting.prospect import Prospect
from services.prospecting.scoring import RUBRIC
from services.prospecting.scoring import score as factors_of


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

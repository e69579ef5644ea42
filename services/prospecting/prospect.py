"""A prospect's life: found → scored → qualified; or failed until it is retried; or erased."""

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
from services.prospecting import errors, record
from services.prospecting.record import Origin


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

"""The prospects table: each prospect as it stands, its score explained."""

from typing import assert_never

from events.company import Evidence
from events.fact import Event, Value
from events.prospect import (
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
    PublicProspect,
)
from events.subjects import Address

VERSION = 2
"""Raised whenever the fold changes, or what the view holds: see `versions`."""


class ProspectFailure(Value):
    """Why a prospect could not be scored, as a code to be put in words."""

    code: str
    params: dict[str, str] = {}


class ProspectView(PublicProspect):
    """A prospect with what its detail page adds."""

    source: str = ""
    source_url: str = ""
    failure: ProspectFailure | None = None
    evidence: tuple[Evidence, ...] = ()
    model: str | None = None
    """The language model that extracted the evidence."""
    extra: dict[str, str] = {}
    """Columns of lists that no field of ours stands for."""
    record_id: str = ""
    """Of a list's record that is about no contact."""


def project(prospect: ProspectView | None, event: Event, fact: ProspectFact) -> ProspectView | None:
    """None where there is nothing (any more) to show under that id."""
    match fact:
        case ProspectFound():
            return _found(event, fact)
        case ProspectAliased() | ProspectMerged() | ProspectErased():
            return None
        case _:
            return prospect and _changed(prospect, fact)


def _found(event: Event, fact: ProspectFound) -> ProspectView:
    _, campaign_id, _, id = Address.parse(event.originator_id)
    shown = PublicProspect.of(
        fact.company, id=id, campaign_id=campaign_id, status="found", found_at=fact.found_at
    )
    return ProspectView(
        **_fields(shown),
        source=fact.source,
        source_url=fact.source_url,
        extra=fact.company.extra,
        record_id=fact.company.record_id,
    )


def _changed(
    prospect: ProspectView,
    fact: ProspectEnriched | ProspectAssigned | ProspectScored | ProspectQualified | ProspectFailed,
) -> ProspectView:
    match fact:
        case ProspectEnriched():
            return _enriched(prospect, fact)
        case ProspectAssigned():
            return prospect.model_copy(update={"status": "found", "failure": None})
        case ProspectScored():
            extra = {"evidence": fact.evidence, "model": fact.model, "failure": None}
            return prospect.model_copy(update=_fields(fact.prospect) | extra)
        case ProspectQualified():
            return prospect.model_copy(update={"status": "qualified"})
        case ProspectFailed():
            failure = ProspectFailure(code=fact.code, params=fact.params)
            return prospect.model_copy(update={"status": "failed", "failure": failure})
        case _:
            assert_never(fact)


def _enriched(prospect: ProspectView, fact: ProspectEnriched) -> ProspectView:
    shown = PublicProspect.of(
        fact.company,
        id=prospect.id,
        campaign_id=prospect.campaign_id,
        status=prospect.status,
        found_at=prospect.found_at,
        score=prospect.score,
        factors=prospect.factors,
    )
    more = {"extra": fact.company.extra, "record_id": fact.company.record_id}
    return prospect.model_copy(update=_fields(shown) | more)


def _fields(shown: PublicProspect) -> dict[str, object]:
    return {name: getattr(shown, name) for name in PublicProspect.model_fields}

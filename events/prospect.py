"""What happens to a prospect: one company in one campaign."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from events.company import Company, Contact, Evidence, How
from events.fact import Fact, Value

ProspectStatus = Literal["found", "scored", "qualified", "failed", "erased"]


class Factor(Value):
    """One rule's share of a score, with its reason as a code to be put in words."""

    rule: Literal["activity", "headcount", "place", "role", "reachability"]
    points: int
    max: int
    code: str
    """A code of `services.wording`."""
    params: dict[str, str] = {}


class PublicProspect(Value):
    """A prospect as the outside sees it, but for its factors' reasons, still codes here."""

    id: str
    campaign_id: str
    name: str
    """The first contact's, else the company's."""
    company: str
    siren: str = ""
    title: str = ""
    email: str = ""
    website: str = ""
    activity: str = ""
    headcount_band: str = ""
    postal_code: str = ""
    city: str = ""
    status: ProspectStatus
    score: int | None = None
    factors: tuple[Factor, ...] = ()
    contacts: tuple[Contact, ...] = ()
    found_at: datetime

    @classmethod
    def of(
        cls,
        company: Company,
        *,
        id: str,
        campaign_id: str,
        status: ProspectStatus,
        found_at: datetime,
        score: int | None = None,
        factors: tuple[Factor, ...] = (),
    ) -> "PublicProspect":
        """What the outside sees of a company at that point of its life."""
        first = company.contacts[0] if company.contacts else Contact()
        return cls(
            id=id,
            campaign_id=campaign_id,
            name=first.name or company.name,
            company=company.name,
            siren=company.siren,
            title=first.title,
            email=first.email,
            website=company.website,
            activity=company.activity,
            headcount_band=company.headcount_band,
            postal_code=company.postal_code,
            city=company.city,
            status=status,
            score=score,
            factors=factors,
            contacts=company.contacts,
            found_at=found_at,
        )


class ProspectFound(Fact):
    """A company came to the campaign's notice for the first time."""

    company: Company
    source: str
    source_url: str = ""
    how: How
    agent_id: str | None = None
    """Who found it; none when a person imported it."""
    found_at: datetime


class ProspectEnriched(Fact):
    """More became known of the company: a further contact, or fields that were empty."""

    company: Company
    """All that is known by now."""
    source: str
    how: How


class ProspectAssigned(Fact):
    """The prospect was assigned (again) to the qualifier: after a start, a resume, or a retry."""

    reason: Literal["started", "retried"]


class ProspectScored(Fact):
    """Code scored the quoted evidence by the campaign's rubric."""

    prospect: PublicProspect
    score: int = Field(ge=0, le=100)
    first: bool
    """Whether this is the prospect's first score."""
    rubric: int
    evidence: tuple[Evidence, ...]
    model: str
    """Which language model added to the record's evidence; `offline` is the deterministic one, and
    empty that none was asked."""


class ProspectQualified(Fact):
    """The score is above the campaign's threshold."""

    prospect: PublicProspect
    threshold: int


class ProspectFailed(Fact):
    """It could not be scored, after every retry; visible, and retried on request."""

    prospect: PublicProspect
    code: str
    params: dict[str, str] = {}


class ProspectErased(Fact):
    """A person asked to be forgotten: everything before this was removed."""


class ProspectAliased(Fact):
    """The identity that this id stands for is the prospect `to`."""

    to: str


class ProspectMerged(Fact):
    """Two prospects were one company; this one goes on as `into`."""

    into: str


ProspectFact = (
    ProspectFound
    | ProspectEnriched
    | ProspectAssigned
    | ProspectScored
    | ProspectQualified
    | ProspectFailed
    | ProspectErased
    | ProspectAliased
    | ProspectMerged
)

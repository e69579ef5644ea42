"""What happens to a campaign."""

from typing import Literal

from pydantic import Field

from events.agent import PublicAgent
from events.fact import Fact, Value
from events.targeting import Targeting

Source = Literal["sample", "csv", "companies", "web"]


class Budget(Value):
    """What a campaign may spend on language models; empty is unlimited."""

    tokens: int | None = Field(None, ge=1, le=10**12, strict=True)
    euros: float | None = Field(None, gt=0, le=10**9, allow_inf_nan=False, strict=True)


class CampaignCreated(Fact):
    """A person described a campaign; nothing runs yet."""

    name: str
    targeting: Targeting
    sources: tuple[Source, ...]
    threshold: int
    budget: Budget = Budget()
    rubric: int = 1
    """Version of the scoring rules that this campaign is scored by."""
    created_by: str
    """The account's id, never its e-mail address."""


class CampaignChanged(Fact):
    """A person edited the campaign; holds the whole description as it now is."""

    name: str
    targeting: Targeting
    sources: tuple[Source, ...]
    threshold: int
    budget: Budget = Budget()


class CampaignImported(Fact):
    """A list of companies was read into the campaign; each accepted line is a prospect by now."""

    accepted: int
    duplicates: int
    refused: int
    found: int = Field(0, exclude_if=lambda found: not found)
    """Accepted lines that are new prospects; the others said more of known ones. Not written where
    there are none, nor before it was known."""


class CampaignStarted(Fact):
    """The campaign went to work with these agents."""

    agents: tuple[PublicAgent, ...]


class CampaignPaused(Fact):
    """Work was suspended; what is under way ends, nothing new begins."""


class CampaignResumed(Fact):
    """Work goes on where it was suspended."""


class CampaignCompleted(Fact):
    """Its sources are exhausted and every prospect is scored or failed."""

    found: int
    scored: int
    failed: int


class CampaignCancelled(Fact):
    """A person ended the campaign for good."""


CampaignFact = (
    CampaignCreated
    | CampaignChanged
    | CampaignImported
    | CampaignStarted
    | CampaignPaused
    | CampaignResumed
    | CampaignCompleted
    | CampaignCancelled
)

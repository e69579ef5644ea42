"""When a campaign has completed: its sources are exhausted and no prospect is open."""

from dataclasses import dataclass, field
from typing import Literal, assert_never

from events.agent import AgentChange, ModelCalled, SourceRead, status_after
from events.campaign import (
    CampaignCancelled,
    CampaignChanged,
    CampaignCompleted,
    CampaignCreated,
    CampaignFact,
    CampaignImported,
    CampaignPaused,
    CampaignResumed,
    CampaignStarted,
)
from events.fact import Event
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
)
from events.subjects import Address, everything
from services.agents.budget import Spent

Key = tuple[str, str]
"""Organisation and campaign."""
Stage = Literal["open", "scored", "failed"]

FILTERS = (
    everything(kind="campaign"),
    everything(kind="agent"),
    everything(kind="prospect"),
    everything(kind="run", event_type="ModelCalled"),
)
"""The facts that progress is folded from."""


@dataclass
class CampaignProgress:
    """How far one campaign has come."""

    sources: frozenset[str] = frozenset()
    active: bool = False
    asks: bool = True
    """Whether there is anything to score by: where not, nobody waits for a score."""
    completed: bool = False
    """Kept where some failed: a person may retry them."""
    qualifying: bool = False
    """Whether its qualifier is running."""
    exhausted: set[str] = field(default_factory=set)
    prospects: dict[str, Stage] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    """The open ones: asked after each batch, so never counted."""
    spent: Spent = field(default_factory=Spent)
    last: Event | None = None
    """What happened last: what completes it, if anything does."""

    @property
    def complete(self) -> bool:
        return self._through and not self._all_failed

    @property
    def at_desk(self) -> bool:
        """Whether there is work for the qualifier now."""
        at_work = (self.active and self.qualifying) or self.completed
        return at_work and self.asks and bool(self.waiting)

    @property
    def stuck(self) -> bool:
        """All is tried and nothing done for anybody: a person retries them, or cancels."""
        return self._through and self._all_failed

    @property
    def _through(self) -> bool:
        done = self.active and self.sources <= self.exhausted
        return done and not (self.waiting and self.asks)

    @property
    def _all_failed(self) -> bool:
        return bool(self.prospects) and self.count("failed") == len(self.prospects)

    def note(self, id: str, fact: ProspectFact) -> None:
        match fact:
            case ProspectFound() | ProspectAssigned():
                self._move(id, "open")
            case ProspectScored():
                self._move(id, "scored")
            case ProspectFailed():
                self._move(id, "failed")
            case ProspectErased() | ProspectMerged():
                self.prospects.pop(id, None)
                self.waiting.discard(id)
            case ProspectAliased() | ProspectEnriched() | ProspectQualified():
                pass
            case _:
                assert_never(fact)

    def _move(self, id: str, stage: Stage) -> None:
        self.prospects[id] = stage
        if stage == "open":
            self.waiting.add(id)
        else:
            self.waiting.discard(id)

    def count(self, stage: Stage) -> int:
        return sum(1 for at in self.prospects.values() if at == stage)


class CampaignsInProgress:
    """Folds what happens into each unfinished campaign's progress."""

    def __init__(self) -> None:
        self.campaigns: dict[Key, CampaignProgress] = {}
        self.current = False
        """Whether all that the log held at the beginning is in."""

    def spent(self, org: str, campaign_id: str) -> Spent:
        """On language models so far."""
        progress = self.campaigns.get((org, campaign_id))
        return progress.spent if progress else Spent()

    def note(self, event: Event) -> None:
        org, campaign_id, _, id = Address.parse(event.originator_id)
        key, fact = (org, campaign_id), event.fact
        if isinstance(fact, CampaignCreated):
            self.campaigns[key] = CampaignProgress()
        if (progress := self.campaigns.get(key)) is None:
            return
        progress.last = event
        if isinstance(fact, SourceRead):
            progress.exhausted |= {fact.source} if fact.exhausted else set()
        elif isinstance(fact, AgentChange):
            if id.startswith("qualifier-"):
                progress.qualifying = status_after(fact) == "running"
        elif isinstance(fact, ModelCalled):
            progress.spent = progress.spent.and_for(fact)
        elif isinstance(fact, CampaignFact):
            self._note_campaign(key, progress, fact)
        elif isinstance(fact, ProspectFact):
            progress.note(id, fact)

    def _note_campaign(self, key: Key, progress: CampaignProgress, fact: CampaignFact) -> None:
        match fact:
            case CampaignCreated() | CampaignChanged():
                progress.sources = frozenset(fact.sources)
                progress.asks = fact.targeting.asks
            case CampaignStarted() | CampaignResumed():
                progress.active = True
            case CampaignPaused():
                progress.active = False
            case CampaignCompleted(failed=failed) if failed:
                progress.active, progress.completed = False, True
                progress.prospects.clear()
            case CampaignCompleted() | CampaignCancelled():
                del self.campaigns[key]
            case CampaignImported():
                pass
            case _:
                assert_never(fact)

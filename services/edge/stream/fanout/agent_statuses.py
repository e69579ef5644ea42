"""What each agent is at each position of the log, whatever it narrates there."""

from collections import OrderedDict
from collections.abc import Sequence

from events.agent import (
    ActivityReported,
    AgentChange,
    AgentFailed,
    AgentStarted,
    AgentStatus,
    AgentStopped,
    status_after,
    status_shown,
)
from events.campaign import CampaignCreated, CampaignPaused, CampaignResumed
from events.fact import Event
from events.subjects import Address, everything
from services.log import Log

_REMEMBERED = 10_000
"""Campaigns whose agents are kept in mind; of others the log is asked again."""
_OF_AGENTS = (AgentStarted, AgentStopped, AgentFailed, ActivityReported)


class CampaignAgents:
    """One campaign's agents, up to some position."""

    __slots__ = ("agents", "paused")

    def __init__(self) -> None:
        self.paused = False
        self.agents: dict[str, AgentStatus] = {}


class AgentStatuses:
    """For one who reads facts in order: `prepare` some of them, then ask `after` each."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._campaigns: OrderedDict[tuple[str, str], CampaignAgents] = OrderedDict()

    async def prepare(self, events: Sequence[Event]) -> None:
        """Asks the log about campaigns that begin in the middle here; raises `Unavailable`."""
        for event in events:
            if isinstance(event.fact, _OF_AGENTS):
                org, campaign, _, _ = Address.parse(event.originator_id)
                if (org, campaign) not in self._campaigns:
                    await self._learn(org, campaign, event.sequence - 1)

    async def _learn(self, org: str, campaign: str, until: int) -> None:
        filters = [everything(org, campaign, "agent"), everything(org, campaign, "campaign")]
        earlier = await self._log.newest(filters, until)
        self._remember(org, campaign)
        for event in earlier:
            self.after(event)

    def after(self, event: Event) -> AgentStatus | None:
        """The agent's status once the event has happened; None where it is about no agent."""
        fact = event.fact
        match fact:
            case CampaignCreated():
                org, campaign, _, _ = Address.parse(event.originator_id)
                self._remember(org, campaign)
            case CampaignPaused() | CampaignResumed():
                if (known := self._known(event)) is not None:
                    known.paused = isinstance(fact, CampaignPaused)
            case AgentStarted() | AgentStopped() | AgentFailed() | ActivityReported():
                return self._of_agent(event, fact)
        return None

    def _of_agent(self, event: Event, fact: AgentChange | ActivityReported) -> AgentStatus:
        org, campaign, _, id = Address.parse(event.originator_id)
        known = self._campaigns.get((org, campaign)) or self._remember(org, campaign)
        if isinstance(fact, ActivityReported):
            status = known.agents.get(id, fact.status)
        else:
            status = known.agents[id] = status_after(fact)
        return status_shown(status, paused=known.paused)

    def _known(self, event: Event) -> CampaignAgents | None:
        org, campaign, _, _ = Address.parse(event.originator_id)
        return self._campaigns.get((org, campaign))

    def _remember(self, org: str, campaign: str) -> CampaignAgents:
        known = self._campaigns[org, campaign] = CampaignAgents()
        if len(self._campaigns) > _REMEMBERED:
            self._campaigns.popitem(last=False)
        return known

"""Which campaigns are at work: what a worker asks before it begins anything."""

import time
from dataclasses import dataclass

from events.agent import AgentStatus, Role
from events.fact import Event
from events.subjects import Address
from services.log import Log
from services.prospecting.campaign import Campaign
from services.prospecting.errors import NotFound
from services.prospecting.handlers.agents import load_agent
from services.prospecting.handlers.campaigns import load_campaign

FRESH_S = 0.5
"""For how long an answer holds: a pause or a stop takes effect within it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A campaign and one of its agents, as they stood at a position of the log or later."""

    campaign: Campaign | None
    agent: AgentStatus | None
    position: int
    read_at: float

    @property
    def at_work(self) -> bool:
        active = self.campaign is not None and self.campaign.status == "active"
        return active and self.agent == "running"

    @property
    def completed(self) -> bool:
        return self.campaign is not None and self.campaign.status == "completed"


class Standings:
    """Answers from memory while the answer is fresh."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._standings: dict[tuple[str, str, Role], Standing] = {}

    async def standing(self, trigger: Event, role: Role) -> Standing:
        """How things stand, at the trigger's position at least; raises what the log raises.

        The position matters where the answer is no: work is then dropped, and the next start brings
        it back only where it was there before that start.
        """
        org, campaign_id, *_ = Address.parse(trigger.originator_id)
        key = (org, campaign_id, role)
        known = self._standings.get(key)
        if known and _usable(known, trigger):
            return known
        self._standings[key] = standing = await self._read(*key)
        self._forget_old()
        return standing

    def forget(self, trigger: Event, role: Role) -> None:
        """What this very process changed is asked anew."""
        org, campaign_id, *_ = Address.parse(trigger.originator_id)
        self._standings.pop((org, campaign_id, role), None)

    async def _read(self, org: str, campaign_id: str, role: Role) -> Standing:
        now, position = time.monotonic(), (await self._log.head()).last
        try:
            campaign = (await load_campaign(self._log, org, campaign_id)).state
            agent = await load_agent(self._log, org, campaign_id, f"{role}-{campaign_id}")
        except NotFound:
            return Standing(None, None, position, now)
        return Standing(campaign, agent.state.status, position, now)

    def _forget_old(self) -> None:
        old = time.monotonic() - FRESH_S
        if len(self._standings) > 1000:
            self._standings = {k: s for k, s in self._standings.items() if s.read_at > old}


def _usable(standing: Standing, trigger: Event) -> bool:
    if time.monotonic() - standing.read_at > FRESH_S:
        return False
    return standing.at_work or standing.position >= trigger.sequence

"""What the qualifier's queue delivers, and how the qualifier signs what it does of it."""

from typing import Final, NamedTuple

from events.agent import ActivityReported
from events.fact import Event
from events.subjects import Address, activity_address
from services.prospecting.context import Context

ROLE: Final = "qualifier"


class Work(NamedTuple):
    """One prospect to qualify."""

    event: Event
    org: str
    campaign_id: str
    prospect_id: str
    agent_id: str

    @classmethod
    def of(cls, event: Event) -> "Work":
        org, campaign_id, _, prospect_id = Address.parse(event.originator_id)
        return cls(event, org, campaign_id, prospect_id, f"{ROLE}-{campaign_id}")

    def context(self, step: str = "") -> Context:
        return Context.of_agent(self.event, ROLE, step)

    def activity(self, code: str, **params: str) -> tuple[Address, ActivityReported]:
        fact = ActivityReported(
            code=code, params=params, status="running", prospect_id=self.prospect_id
        )
        return activity_address(self.org, self.campaign_id, self.agent_id), fact

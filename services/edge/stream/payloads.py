"""What each message of the stream says: the models behind `/asyncapi`, which every frame fits.

Frames are built as plain JSON, which is faster; the tests hold each one to its model.
"""

from typing import Literal

from pydantic import ConfigDict

from events.agent import AgentStatus
from events.campaign import CampaignChanged, CampaignCompleted, CampaignCreated, CampaignImported
from events.fact import Value
from projections.campaigns import Metrics
from services.edge.schemas import ShownAgent, ShownProspect


class OfCampaign(Value):
    """What is about one campaign."""

    campaign_id: str


class Created(OfCampaign, CampaignCreated):
    """A person described a campaign; nothing runs yet."""

    status: Literal["draft"]


class Changed(OfCampaign, CampaignChanged):
    """A person edited the campaign; the whole description as it now is."""


class Imported(OfCampaign, CampaignImported):
    """A list of companies was read into the campaign."""


class Started(OfCampaign):
    """The campaign went to work with these agents."""

    status: Literal["active"]
    agents: tuple[ShownAgent, ...]


class Paused(OfCampaign):
    """Work was suspended."""

    status: Literal["paused"]


class Resumed(OfCampaign):
    """Work goes on where it was suspended."""

    status: Literal["active"]


class Completed(OfCampaign, CampaignCompleted):
    """Its sources are exhausted and every prospect is scored or failed."""

    status: Literal["completed"]


class Cancelled(OfCampaign):
    """A person ended the campaign for good."""

    status: Literal["cancelled"]


class Activity(OfCampaign):
    """What an agent does now, and what it is at this position of the log."""

    agent_id: str
    activity: str
    """In the organisation's language; empty where the agent says nothing."""
    status: AgentStatus


class Found(OfCampaign):
    """A prospect has its first score."""

    prospect: ShownProspect
    score: int


class Updated(OfCampaign):
    """A prospect changed, failed, or is gone: erased, or merged into another one."""

    prospect: ShownProspect
    score: int | None
    failure: str = ""
    """Why, where it failed."""
    into: str = ""
    """The prospect that it was merged into."""


class CampaignFigures(OfCampaign):
    """The latest counts of a campaign; live only."""

    metrics: Metrics


class Ready(Value):
    """A subscription begins; or, `resumed`, what was missed is told and it goes on live."""

    cursor: str
    resumed: bool


class Progress(Value):
    """How far the log was read, past what the subscription leaves out."""

    cursor: str


class Reset(Value):
    """What was asked for can't be replayed: fetch it anew, then go on from this cursor."""

    reason: Literal["malformed", "epoch", "future", "expired"]
    cursor: str


class Nothing(Value):
    """No more than the message's type."""


class Error(Value):
    """What could not be done, or is about to happen."""

    code: str
    message: str
    seconds_left: int = 0
    """Until the credentials run out, where it warns of that."""


class Auth(Value):
    """Who connects, or the same person for longer."""

    model_config = ConfigDict(extra="forbid")

    token: str


FACTS: dict[str, type[Value]] = {
    "CAMPAIGN_CREATED": Created,
    "CAMPAIGN_CHANGED": Changed,
    "CAMPAIGN_IMPORTED": Imported,
    "CAMPAIGN_STARTED": Started,
    "CAMPAIGN_PAUSED": Paused,
    "CAMPAIGN_RESUMED": Resumed,
    "CAMPAIGN_COMPLETED": Completed,
    "CAMPAIGN_CANCELLED": Cancelled,
    "AGENT_ACTIVITY": Activity,
    "PROSPECT_FOUND": Found,
    "PROSPECT_UPDATED": Updated,
    "CAMPAIGN_METRICS_UPDATE": CampaignFigures,
}
"""What a subscription may choose from."""
SIGNALS: dict[str, type[Value]] = {
    "READY": Ready,
    "CURSOR": Progress,
    "RESET": Reset,
    "HEARTBEAT": Nothing,
    "PONG": Nothing,
    "ERROR": Error,
}
"""What every connection is told, whatever it subscribed to."""

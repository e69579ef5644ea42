"""What happens to an agent, and what it narrates of its work."""

from typing import Literal, assert_never

from events.fact import Fact, Value

Role = Literal["researcher", "qualifier"]
AgentStatus = Literal["idle", "running", "stopped", "failed"]


class PublicAgent(Value):
    """An agent as the outside sees it."""

    id: str
    campaign_id: str
    role: Role
    name: str
    status: AgentStatus
    current_task: str = ""


class AgentStarted(Fact):
    """The agent takes work of its role in its campaign."""

    role: Role
    name: str


class AgentStopped(Fact):
    """The agent takes no more work."""

    reason: Literal["requested", "completed", "cancelled"]


class AgentFailed(Fact):
    """The agent can't go on, and says why; starting it tries again."""

    code: str
    params: dict[str, str] = {}


class SourceRead(Fact):
    """The researcher read one more page of a source; it goes on from `cursor` after a restart."""

    source: str
    cursor: str
    found: int
    """Prospects that this page brought to the campaign."""
    exhausted: bool


AgentChange = AgentStarted | AgentStopped | AgentFailed
"""What decides an agent's status; its narration does not."""
AgentFact = AgentChange | SourceRead


class ActivityReported(Fact):
    """Narration: what an agent is doing now, as a code with parameters and no personal data."""

    code: str
    """A key of `services.wording.domain`."""
    params: dict[str, str] = {}
    status: AgentStatus
    prospect_id: str | None = None


class ModelCalled(Fact):
    """A language model answered, at this price; the permanent record of what was spent."""

    agent_id: str
    model: str
    digest: str
    """SHA-256 of the request."""
    prompt_tokens: int
    completion_tokens: int
    cost: float
    """Euros; 0 where the price is not known."""


Narration = ActivityReported | ModelCalled


def status_after(change: AgentChange) -> AgentStatus:
    """What the agent is once this has happened."""
    match change:
        case AgentStarted():
            return "running"
        case AgentStopped():
            return "idle" if change.reason == "completed" else "stopped"
        case AgentFailed():
            return "failed"
        case _:
            assert_never(change)


def status_shown(status: AgentStatus, *, paused: bool) -> AgentStatus:
    """As the outside sees it: nobody is at work while the campaign is paused."""
    return "idle" if paused and status == "running" else status

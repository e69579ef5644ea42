"""The agents panel: who is at work in a campaign, and at what."""

from typing import assert_never

from events.agent import (
    ActivityReported,
    AgentFact,
    AgentFailed,
    AgentStarted,
    AgentStatus,
    AgentStopped,
    Role,
    SourceRead,
    status_after,
)
from events.fact import Event, Value
from events.subjects import Address


class Task(Value):
    """What an agent does, as a code to be put in words."""

    code: str
    params: dict[str, str] = {}


class AgentView(Value):
    """An agent as its panel shows it."""

    id: str
    campaign_id: str
    role: Role
    name: str
    status: AgentStatus
    task: Task | None = None


def project(
    agent: AgentView | None, event: Event, fact: AgentFact | ActivityReported
) -> AgentView | None:
    if agent is None:
        return _started(event, fact) if isinstance(fact, AgentStarted) else None
    return agent.model_copy(update=_change(fact))


def _started(event: Event, fact: AgentStarted) -> AgentView:
    _, campaign_id, _, id = Address.parse(event.originator_id)
    return AgentView(
        id=id, campaign_id=campaign_id, role=fact.role, name=fact.name, status="running"
    )


def _change(fact: AgentFact | ActivityReported) -> dict[str, object]:
    match fact:
        case AgentStarted() | AgentStopped():
            return {"status": status_after(fact), "task": None}
        case AgentFailed():
            task = Task(code=fact.code, params=fact.params)
            return {"status": status_after(fact), "task": task}
        case ActivityReported():
            return {"task": Task(code=fact.code, params=fact.params)}
        case SourceRead():
            return {}
        case _:
            assert_never(fact)

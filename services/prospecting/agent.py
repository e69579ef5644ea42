"""An agent's life in one campaign: running ⇄ stopped, or failed until it is started again."""

from typing import assert_never

from events.agent import (
    AgentFact,
    AgentFailed,
    AgentStarted,
    AgentStatus,
    AgentStopped,
    Role,
    SourceRead,
    status_after,
)
from events.fact import Value
from services.prospecting import errors


class SourceProgress(Value):
    """How far one source is read."""

    cursor: str = ""
    exhausted: bool = False


class Agent(Value):
    """An agent as its facts leave it."""

    role: Role
    name: str
    status: AgentStatus = "running"
    sources: dict[str, SourceProgress] = {}


def fold(agent: Agent | None, fact: AgentFact) -> Agent:
    if agent is None:
        assert isinstance(fact, AgentStarted), "an agent begins with AgentStarted"
        return Agent(role=fact.role, name=fact.name)
    match fact:
        case AgentStarted() | AgentStopped() | AgentFailed():
            return agent.model_copy(update={"status": status_after(fact)})
        case SourceRead():
            progress = SourceProgress(cursor=fact.cursor, exhausted=fact.exhausted)
            return agent.model_copy(update={"sources": {**agent.sources, fact.source: progress}})
        case _:
            assert_never(fact)


def start(agent: Agent) -> AgentStarted:
    """To work again. Raises `AgentAlreadyRunning`."""
    if agent.status == "running":
        raise errors.AgentAlreadyRunning()
    return AgentStarted(role=agent.role, name=agent.name)


def stop(agent: Agent) -> AgentStopped:
    """Until it is started again. Raises `AgentNotRunning`."""
    if agent.status != "running":
        raise errors.AgentNotRunning()
    return AgentStopped(reason="requested")


def fail(agent: Agent, code: str, params: dict[str, str]) -> AgentFailed | None:
    return AgentFailed(code=code, params=params) if agent.status == "running" else None

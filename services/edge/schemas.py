"""What REST and the event stream show alike, in the organisation's language."""

from datetime import datetime
from typing import Literal, Self

from events.agent import AgentStatus, PublicAgent, Role
from events.company import Contact
from events.fact import Value
from events.prospect import Factor, ProspectStatus, PublicProspect
from services.wording import Language, render


class ShownFactor(Value):
    """One rule's share of a score, with its reason in words."""

    rule: str
    points: int
    max: int
    reason: str

    @classmethod
    def of(cls, factor: Factor, language: Language) -> Self:
        reason = render(factor.code, factor.params, language)
        return cls(rule=factor.rule, points=factor.points, max=factor.max, reason=reason)


class ShownProspect(Value):
    """A prospect, its score explained."""

    id: str
    campaign_id: str
    name: str = ""
    """The first contact's, else the company's."""
    company: str = ""
    siren: str = ""
    title: str = ""
    email: str = ""
    website: str = ""
    activity: str = ""
    headcount_band: str = ""
    postal_code: str = ""
    city: str = ""
    status: ProspectStatus | Literal["merged"]
    score: int | None = None
    factors: tuple[ShownFactor, ...] = ()
    contacts: tuple[Contact, ...] = ()
    found_at: datetime | None = None
    """None only on the stream, once the prospect is erased or merged."""

    @classmethod
    def of(cls, prospect: PublicProspect, language: Language) -> "ShownProspect":
        plain = {name: getattr(prospect, name) for name in _ALIKE}
        factors = tuple(ShownFactor.of(factor, language) for factor in prospect.factors)
        return cls.model_construct(**plain, factors=factors)


_ALIKE = tuple(name for name in ShownProspect.model_fields if name != "factors")


class ShownAgent(Value):
    """An agent and what it does now."""

    id: str
    campaign_id: str
    role: Role
    name: str
    status: AgentStatus
    current_task: str = ""

    @classmethod
    def of(cls, agent: PublicAgent, language: Language) -> Self:
        return cls(
            id=agent.id,
            campaign_id=agent.campaign_id,
            role=agent.role,
            name=agent_name(agent.role, language),
            status=agent.status,
            current_task=agent.current_task,
        )


def agent_name(role: Role, language: Language) -> str:
    return render(f"agent.{role}", {}, language)

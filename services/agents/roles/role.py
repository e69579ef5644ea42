"""What a queue asks of the role that works on it."""

from typing import NamedTuple, Protocol

from events.agent import AgentStarted
from events.fact import Event


class WorkFailure(NamedTuple):
    """Why work was given up: a code and parameters without personal data."""

    code: str
    params: dict[str, str]


class NotNow(Exception):
    """The work is to be done, but not at this moment: it goes back to its queue, which nobody asks
    until it is time."""


class Role(Protocol):
    """Whoever works on a queue. All of it may be done twice for one event, to the same effect."""

    async def work(self, event: Event) -> None:
        """Does what `event` asks for; whatever it raises has it tried again."""
        ...

    async def tell_retry(self, event: Event, attempt: int, seconds: float) -> None:
        """Narrates that it failed for the `attempt`th time, and is tried again in `seconds`."""
        ...

    async def give_up(self, event: Event, failure: WorkFailure) -> None:
        """Records, where everybody sees it, that the work failed for good."""
        ...


def restarted(event: Event, role: str) -> bool:
    """Whether a person started that agent again: its first start comes with the campaign's."""
    fact = event.fact
    return isinstance(fact, AgentStarted) and fact.role == role and event.originator_version > 1

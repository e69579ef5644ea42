"""Who commands something, when, and because of what; and the events that this yields."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID, uuid4, uuid5

from events.fact import Event, Fact
from events.subjects import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The circumstances of one command."""

    org: str
    by: str
    """The account's or agent's id."""
    at: datetime
    command_id: UUID
    correlation_id: UUID
    causation_id: UUID
    traceparent: str | None = None

    @classmethod
    def of_person(
        cls, org: str, by: str, command_id: UUID | None = None, traceparent: str | None = None
    ) -> "Context":
        """A person's command, the beginning of a chain."""
        command = command_id or uuid4()
        return cls(
            org=org,
            by=by,
            at=datetime.now(UTC),
            command_id=command,
            correlation_id=command,
            causation_id=command,
            traceparent=traceparent,
        )

    @classmethod
    def of_agent(cls, trigger: Event, role: str, step: str = "") -> "Context":
        """An agent's command: its id follows from the event that triggered it, so that the same
        work, delivered twice, writes the same event ids."""
        return cls(
            org=Address.parse(trigger.originator_id).org,
            by=role,
            at=datetime.now(UTC),
            command_id=uuid5(trigger.id, f"{role}/{step}"),
            correlation_id=trigger.correlation_id,
            causation_id=trigger.id,
            traceparent=trigger.traceparent,
        )

    def part(self, number: int) -> "Context":
        """The context of the `number`th part of a command that is saved in several."""
        return replace(self, command_id=uuid5(self.command_id, f"part/{number}"))


class Changes:
    """The events that one command yields, numbered in the order in which they are added."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._events: list[Event] = []

    def __iter__(self) -> Iterator[Event]:
        return iter(self._events)

    def __len__(self) -> int:
        return len(self._events)

    def add(self, address: Address, version: int, facts: Iterable[Fact]) -> None:
        """`facts` follow what is at `version` of the aggregate at `address`."""
        for fact in facts:
            version += 1
            self._events.append(self._event(address, version, fact))

    def narrate(self, address: Address, fact: Fact) -> None:
        """A fact outside any aggregate."""
        self._events.append(self._event(address, 0, fact))

    def _event(self, address: Address, version: int, fact: Fact) -> Event:
        ctx = self._ctx
        return Event(
            originator_id=str(address),
            originator_version=version,
            fact=fact,
            id=uuid5(ctx.command_id, str(len(self._events))),
            at=ctx.at,
            command_id=ctx.command_id,
            correlation_id=ctx.correlation_id,
            causation_id=ctx.causation_id,
            traceparent=ctx.traceparent,
        )

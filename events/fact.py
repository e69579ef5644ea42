"""A fact, and the event that records it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class Value(BaseModel):
    """An immutable value, spelt in camelCase wherever it leaves Python."""

    model_config = ConfigDict(
        frozen=True, alias_generator=to_camel, populate_by_name=True, extra="ignore"
    )


class Fact(Value):
    """Something that happened to the business, named in the past tense and never renamed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact with its place in the log: about what, in which order, when and because of what.

    It satisfies the `eventsourcing` library's `DomainEventProtocol`.
    """

    originator_id: str
    """`org/campaign/aggregate/id`; organisation-wide aggregates use `_` as campaign."""
    originator_version: int
    """1, 2, 3… within its aggregate; 0 for narration, which belongs to none."""
    fact: Fact
    id: UUID
    """UUIDv5(command id, index): the same command, carried out again, writes the same ids."""
    at: datetime
    """When it was decided (UTC)."""
    command_id: UUID
    correlation_id: UUID
    """The command that the whole chain began with."""
    causation_id: UUID
    """The command or event that led straight to this one."""
    traceparent: str | None = None
    """W3C trace context of the call that led here."""
    sequence: int = field(default=0, compare=False)
    """Position in the stream; 0 until it is appended."""

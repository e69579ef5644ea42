"""An event ↔ the message that keeps it: subject, CloudEvents headers (binary mode), JSON payload.

Source: CloudEvents 1.0.2, NATS protocol binding, with the extensions that design section 3 names.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from events import catalogue
from events.agent import ActivityReported
from events.fact import Event
from events.subjects import ROOT, Address, parse_subject, subject

NARRATION_TTL = f"{30 * 24}h"
"""How long what agents narrate is kept; facts of aggregates never expire."""


class Message(NamedTuple):
    """What is published, or was read back at `sequence`."""

    subject: str
    headers: dict[str, str]
    data: bytes
    sequence: int = 0

    @property
    def id(self) -> str:
        return self.headers["Nats-Msg-Id"]


def to_message(event: Event) -> Message:
    address = Address.parse(event.originator_id)
    name = type(event.fact).__name__
    id = str(event.id)
    headers = {
        "Nats-Msg-Id": id,
        "ce-specversion": "1.0",
        "ce-id": id,
        "ce-type": catalogue.stored_type(name),
        "ce-source": f"/{ROOT}/{address.org}/{address.campaign}",
        "ce-subject": f"{address.kind}/{address.id}",
        "ce-time": event.at.isoformat(),
        "ce-dataschema": f"urn:filon:{name}:v{catalogue.version(name)}",
        "ce-datacontenttype": "application/json",
        "ce-aggregateversion": str(event.originator_version),
        "ce-correlationid": str(event.correlation_id),
        "ce-causationid": str(event.causation_id),
        "ce-commandid": str(event.command_id),
    }
    if event.traceparent:
        headers["ce-traceparent"] = event.traceparent
    if isinstance(event.fact, ActivityReported):
        headers["Nats-TTL"] = NARRATION_TTL
    return Message(subject(address, name), headers, catalogue.encode(event.fact))


def to_event(subject: str, headers: Mapping[str, str], data: bytes, sequence: int) -> Event:
    """Raises `events.catalogue.UnknownFact` for what a newer version wrote."""
    address, _ = parse_subject(subject)
    return Event(
        originator_id=str(address),
        originator_version=int(headers["ce-aggregateversion"]),
        fact=catalogue.decode(headers["ce-type"], data),
        id=UUID(headers["ce-id"]),
        at=datetime.fromisoformat(headers["ce-time"]),
        command_id=UUID(headers["ce-commandid"]),
        correlation_id=UUID(headers["ce-correlationid"]),
        causation_id=UUID(headers["ce-causationid"]),
        traceparent=headers.get("ce-traceparent"),
        sequence=sequence,
    )

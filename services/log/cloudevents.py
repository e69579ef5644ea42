"""An event ↔ the message that keeps it: subject, CloudEvents headers (binary mode), JSON payload.

Source: CloudEvents 1.0.2, NATS protocol binding, with the extensions that design section 3 names.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from events import catalogue
from events.agent import ActivityReported
from events.fact import Event
from events.subjects import ROOT, Address, subject
from services.log.jetstream.message import Draft, Message

NARRATION_TTL = f"{30 * 24}h"
"""How long what agents narrate is kept; facts of aggregates never expire."""

_EVENT = """\
Nats-Msg-Id: {id}\r
ce-specversion: 1.0\r
ce-id: {id}\r
ce-type: {type}\r
ce-source: /{root}/{org}/{campaign}\r
ce-subject: {kind}/{aggregate}\r
ce-time: {time}\r
ce-dataschema: urn:filon:{name}:v{version}\r
ce-datacontenttype: application/json\r
ce-aggregateversion: {aggregate_version}\r
ce-correlationid: {correlation}\r
ce-causationid: {causation}\r
ce-commandid: {command}\r
"""


def to_draft(event: Event) -> Draft:
    """Raises `events.subjects.InvalidToken` for an id that no subject can hold."""
    address = Address.parse(event.originator_id)
    name = type(event.fact).__name__
    id = str(event.id)
    headers = _EVENT.format(
        id=id,
        type=catalogue.stored_type(name),
        root=ROOT,
        org=address.org,
        campaign=address.campaign,
        kind=address.kind,
        aggregate=address.id,
        time=event.at.isoformat(),
        name=name,
        version=catalogue.version(name),
        aggregate_version=event.originator_version,
        correlation=event.correlation_id,
        causation=event.causation_id,
        command=event.command_id,
    )
    if event.traceparent:
        headers += f"ce-traceparent: {_one_line(event.traceparent)}\r\n"
    if isinstance(event.fact, ActivityReported):
        headers += f"Nats-TTL: {NARRATION_TTL}\r\n"
    return Draft(subject(address, name), id, headers, catalogue.encode(event.fact))


def to_event(subject: str, headers: Mapping[str, str], data: bytes, sequence: int) -> Event:
    """Raises `events.catalogue.UnknownFact` for what a newer version wrote."""
    return Event(
        originator_id=originator_of(subject),
        originator_version=int(headers["ce-aggregateversion"]),
        fact=catalogue.decode(headers["ce-type"], data),
        id=UUID(headers["ce-id"]),
        at=datetime.fromisoformat(headers["ce-time"]),
        command_id=_uuid(headers["ce-commandid"]),
        correlation_id=_uuid(headers["ce-correlationid"]),
        causation_id=_uuid(headers["ce-causationid"]),
        traceparent=headers.get("ce-traceparent"),
        sequence=sequence,
    )


def event_of(message: Message) -> Event:
    return to_event(message.subject, message.headers, message.data, message.sequence)


def version_of(message: Message) -> int:
    """Its place within its aggregate."""
    return int(message.headers["ce-aggregateversion"])


def originator_of(subject: str) -> str:
    """`filon.acme.c-1.prospect.p1.ProspectFound` → `acme/c-1/prospect/p1`."""
    return "/".join(subject.split(".")[1:-1])


def pattern_of(originator_id: str) -> str:
    """All of an aggregate's subjects, byte for byte the same for every writer: with mixed patterns
    a cluster accepts conflicting appends."""
    return subject(Address.parse(originator_id), "X")[:-1] + "*"


_uuid = lru_cache(maxsize=1024)(UUID)
"""The events of one command, and of one chain, share their ids."""


def _one_line(text: str) -> str:
    """A header can't be broken out of."""
    return "".join(text.split())

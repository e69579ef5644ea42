"""A message of the log → the library's `StoredEvent` → our `Event`, and back.

`topic` is the stored type (`filon.ProspectScored.v1`); `state` is the CloudEvent in the JSON event
format 1.0, its attributes first and `data` last. What is written goes through
`services.log.cloudevents`, so that it has every header that any reader of Filon's asks for.
"""

from uuid import UUID

import orjson
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import (
    Mapper,
    MapperDeserialisationError,
    Notification,
    ProgrammingError,
    StoredEvent,
)

from events.fact import Event
from services.log.cloudevents import originator_of, to_draft, to_event, version_of
from services.log.jetstream.message import Message

_PREFIX = "ce-"
_DATA = b',"data":'
"""Can't stand within the attributes, whose quotation marks are escaped."""


class NotAnEvent(ProgrammingError):
    """Filon's log takes `events.fact.Event` and nothing else; other services keep their own events
    in a store of their own."""


class EventMapper(Mapper[str]):
    """Neither encrypts nor compresses: other services read the same messages."""

    def __init__(self) -> None:
        """Needs none of the library's transcoders."""

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        """Raises `NotAnEvent`, and `InvalidSubjectToken` for an id that no subject can hold."""
        if not isinstance(domain_event, Event):
            raise NotAnEvent(NotAnEvent.__doc__)
        draft = to_draft(domain_event)
        headers = dict(line.split(": ", 1) for line in draft.headers.split("\r\n") if line)
        return stored_event(Message(draft.subject, headers, draft.data, domain_event.sequence))

    def to_domain_event(self, stored_event: StoredEvent) -> Event:
        """Today's shape of the fact, whatever version was stored; raises `UnknownFact` for what a
        newer Filon wrote, `MapperDeserialisationError` for a state that is no event of Filon's."""
        attributes, found, data = stored_event.state.partition(_DATA)
        if not found or not isinstance(stored_event.topic, str):
            raise MapperDeserialisationError(f"{stored_event.originator_id}: no CloudEvent")
        headers = {_PREFIX + name: value for name, value in orjson.loads(attributes + b"}").items()}
        name = stored_event.topic.split(".")[1]
        subject = ".".join(("filon", *str(stored_event.originator_id).split("/"), name))
        return to_event(subject, headers, data[:-1], int(headers.pop(f"{_PREFIX}sequence")))


def stored_event(message: Message) -> StoredEvent:
    return StoredEvent(*_place(message), _state(message))


def notification(message: Message) -> Notification:
    """Its id is the sequence in the stream."""
    return Notification(*_place(message), _state(message), id=message.sequence)


def name_of(topic: str) -> str:
    """`filon.ProspectScored.v1` → `ProspectScored`."""
    return topic.split(".")[1] if "." in topic else topic


def _place(message: Message) -> tuple[UUID | str, int, str]:
    return originator_of(message.subject), version_of(message), message.headers["ce-type"]


def _state(message: Message) -> bytes:
    attributes = {
        name.removeprefix(_PREFIX): value
        for name, value in message.headers.items()
        if name.startswith(_PREFIX)
    }
    attributes["sequence"] = str(message.sequence)
    return orjson.dumps(attributes)[:-1] + _DATA + message.data + b"}"

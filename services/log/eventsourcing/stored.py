"""The library's `StoredEvent` ↔ the message that keeps it, in a stream of the application's own.

The subject is `es.<stream>.<originator>.<version>.<topic>`. That nothing was stored on
`es.<stream>.<originator>.<version>.*` before is what each message expects: exactly the uniqueness
of (originator, version) that the library's SQL recorders have from their primary key.
"""

from functools import lru_cache
from urllib.parse import quote, unquote
from uuid import UUID

from eventsourcing.persistence import Notification, StoredEvent, Tracking

from services.log.jetstream.append import Expectation
from services.log.jetstream.message import Draft, Message

ROOT, TRACKING = "es", "es-tracking"
_UUID = "es-uuid"
"""A header of those whose originator is a UUID and no text."""


class Subjects:
    """Where one application's events are."""

    def __init__(self, stream: str) -> None:
        self._stream = _token(stream)

    @property
    def all(self) -> list[str]:
        return [f"{ROOT}.{self._stream}.>", f"{TRACKING}.{self._stream}.>"]

    @property
    def events(self) -> str:
        return f"{ROOT}.{self._stream}.>"

    def topic(self, topic: str) -> str:
        return f"{ROOT}.{self._stream}.*.*.{_token(topic)}"

    def originator(self, id: UUID | str) -> str:
        return f"{ROOT}.{self._stream}.{_originator(id)}.*.*"

    def version(self, id: UUID | str, version: int) -> str:
        return f"{ROOT}.{self._stream}.{_originator(id)}.{version}.*"

    def tracking(self, application_name: str) -> str:
        return f"{TRACKING}.{self._stream}.{_token(application_name)}"

    def draft(self, event: StoredEvent, id: str) -> tuple[Draft, Expectation]:
        """Its message, and that nothing is where it goes."""
        place = self.version(event.originator_id, event.originator_version)
        kind = f"{_UUID}: 1\r\n" if isinstance(event.originator_id, UUID) else ""
        headers = f"Nats-Msg-Id: {id}\r\n{kind}"
        draft = Draft(place[:-1] + _token(event.topic), id, headers, event.state)
        return draft, Expectation(place, 0)

    def tracking_draft(self, tracking: Tracking, id: str) -> Draft:
        subject = self.tracking(tracking.application_name)
        return Draft(subject, id, f"Nats-Msg-Id: {id}\r\n", b"%d" % tracking.notification_id)


def stored_event(message: Message) -> StoredEvent:
    originator, version, topic = _identity(message)
    return StoredEvent(originator, version, topic, message.data)


def notification(message: Message) -> Notification:
    originator, version, topic = _identity(message)
    return Notification(originator, version, topic, message.data, id=message.sequence)


def version_of(message: Message) -> int:
    return int(message.subject.split(".")[3])


def topic_of(message: Message) -> str:
    return unquote(message.subject.rpartition(".")[2])


def _identity(message: Message) -> tuple[UUID | str, int, str]:
    _, _, originator, version, topic = message.subject.split(".")
    text = unquote(originator)
    return UUID(text) if _UUID in message.headers else text, int(version), unquote(topic)


@lru_cache(maxsize=1024)
def _originator(id: UUID | str) -> str:
    return _token(str(id))


@lru_cache(maxsize=1024)
def _token(text: str) -> str:
    """Any text as one token of a subject."""
    return quote(text, safe="").replace(".", "%2E")

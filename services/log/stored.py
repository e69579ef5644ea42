"""The library's `StoredEvent` ↔ the message that keeps it, in a stream of the application's own.

The subject is `es.<stream>.<originator>.<version>.<topic>`. That nothing was stored on
`es.<stream>.<originator>.<version>.*` before is what each message expects: exactly the uniqueness
of (originator, version) that the library's SQL recorders have from their primary key.
"""

from urllib.parse import quote
from uuid import UUID, uuid4

from eventsourcing.persistence import Notification, StoredEvent, Tracking

from services.log.append import Expectation
from services.log.message import Draft, Message

ROOT, TRACKING = "es", "es-tracking"
_TYPE, _VERSION, _ORIGINATOR, _UUID = "ce-type", "ce-aggregateversion", "ce-subject", "es-uuid"


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
        return f"{ROOT}.{self._stream}.{_token(str(id))}.*.*"

    def version(self, id: UUID | str, version: int) -> str:
        return f"{ROOT}.{self._stream}.{_token(str(id))}.{version}.*"

    def tracking(self, application_name: str) -> str:
        return f"{TRACKING}.{self._stream}.{_token(application_name)}"

    def draft(self, event: StoredEvent) -> Draft:
        id = str(uuid4())
        subject = self.version(event.originator_id, event.originator_version)[:-1]
        headers = (
            f"Nats-Msg-Id: {id}\r\nce-specversion: 1.0\r\nce-id: {id}\r\n"
            f"ce-source: /{self._stream}\r\n{_TYPE}: {_line(event.topic)}\r\n"
            f"{_ORIGINATOR}: {_line(str(event.originator_id))}\r\n"
            f"{_VERSION}: {event.originator_version}\r\n"
        )
        if isinstance(event.originator_id, UUID):
            headers += f"{_UUID}: 1\r\n"
        return Draft(subject + _token(event.topic), id, headers, event.state)

    def expectation(self, event: StoredEvent) -> Expectation:
        return Expectation(self.version(event.originator_id, event.originator_version), 0)

    def tracking_draft(self, tracking: Tracking) -> Draft:
        id = str(uuid4())
        subject = self.tracking(tracking.application_name)
        return Draft(subject, id, f"Nats-Msg-Id: {id}\r\n", b"%d" % tracking.notification_id)


def stored_event(message: Message) -> StoredEvent:
    originator, version, topic = _identity(message)
    return StoredEvent(originator, version, topic, message.data)


def notification(message: Message) -> Notification:
    originator, version, topic = _identity(message)
    return Notification(originator, version, topic, message.data, id=message.sequence)


def version_of(message: Message) -> int:
    return int(message.headers[_VERSION])


def _identity(message: Message) -> tuple[UUID | str, int, str]:
    headers = message.headers
    id: UUID | str = headers[_ORIGINATOR]
    return UUID(str(id)) if _UUID in headers else id, version_of(message), headers[_TYPE]


def _token(text: str) -> str:
    """Any text as one token of a subject."""
    return quote(text, safe="").replace(".", "%2E")


def _line(text: str) -> str:
    """A header is one line, and its ends are trimmed."""
    if text != text.strip() or "\r" in text or "\n" in text:
        raise ValueError(f"{text!r} can't be kept in a header")
    return text

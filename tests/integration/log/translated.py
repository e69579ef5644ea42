"""The library's cases speak of topics and states of their own; here they become facts of Filon's.

Its topics stand for types of facts and its states for a text within them; its originators, UUIDs,
for prospects; its versions, which begin at 0 in places, for one more. An event that it writes
again gets a new id, as two writers' events have: with the same id it would be the same event.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.persistence import Notification, StoredEvent, Subscription

from events.agent import AgentFailed, AgentStarted, AgentStopped, SourceRead
from events.fact import Event, Fact
from events.prospect import ProspectAliased, ProspectMerged
from services.log.eventsourcing.mapper import EventMapper
from services.log.eventsourcing.recorder import LogRecorder
from tests.unit.prospecting.shelf import NOW

FACTS: dict[str, type[Fact]] = {
    "topic": ProspectAliased,
    "topic1": ProspectMerged,
    "topic2": AgentFailed,
    "topic3": AgentStarted,
    "topic4": SourceRead,
    "non-interleaving-test-event": AgentStopped,
}
TOPICS = {f"filon.{fact.__name__}.v1": topic for topic, fact in FACTS.items()}
PREFIX = "acme/c-1/prospect/"
MAPPER = EventMapper()


class TranslatedRecorder(LogRecorder):
    """Our recorder; only what goes in and comes out is renamed."""

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        return super().insert_events([_ours(stored) for stored in stored_events], **kwargs)

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        low, high = None if gt is None else gt + 1, None if lte is None else lte + 1
        id = f"{PREFIX}{originator_id}"
        return [
            StoredEvent(*_theirs(stored))
            for stored in super().select_events(id, gt=low, lte=high, desc=desc, limit=limit)
        ]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        names = [FACTS[topic].__name__ for topic in topics]
        found = super().select_notifications(
            start, limit, stop, names, inclusive_of_start=inclusive_of_start
        )
        return [Notification(*_theirs(stored), id=stored.id) for stored in found]

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[LogRecorder]:
        return _Translated(super().subscribe(gt, [FACTS[topic].__name__ for topic in topics]))


class TranslatedAggregateRecorder(TranslatedRecorder):
    """A recorder of aggregates alone tells no notification ids."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        super().insert_events(stored_events, **kwargs)


class _Translated(Subscription[LogRecorder]):
    def __init__(self, inner: Subscription[Any]) -> None:
        super().__init__(inner._recorder)
        self._inner = inner

    def stop(self) -> None:
        super().stop()
        self._inner.stop()

    def __next__(self) -> Notification:
        found = next(self._inner)
        return Notification(*_theirs(found), id=found.id)


def _ours(stored: StoredEvent) -> StoredEvent:
    command = uuid4()
    event = Event(
        originator_id=f"{PREFIX}{stored.originator_id}",
        originator_version=stored.originator_version + 1,
        fact=_fact(FACTS[stored.topic], stored.state.decode()),
        id=command,
        at=NOW,
        command_id=command,
        correlation_id=command,
        causation_id=command,
    )
    return MAPPER.to_stored_event(event)


def _fact(kind: type[Fact], text: str) -> Fact:
    said = {"to": text, "into": text, "code": text, "name": text, "role": "qualifier"}
    said["reason"] = "requested"
    more = {"source": text, "cursor": "", "found": 0, "exhausted": False}
    return kind.model_validate(said | more)


def _theirs(stored: StoredEvent) -> tuple[UUID | str, int, str, bytes]:
    fact = MAPPER.to_domain_event(stored).fact
    names = ("to", "into", "code", "source", "name")
    text = next((getattr(fact, name) for name in names if hasattr(fact, name)), "{}")
    id = UUID(str(stored.originator_id).removeprefix(PREFIX))
    return id, stored.originator_version - 1, TOPICS[stored.topic], text.encode()

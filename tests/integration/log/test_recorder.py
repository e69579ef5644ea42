"""The library's recorder on Filon's log: what its cases can't say, and what they can't reach."""

import asyncio
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import IntegrityError, NotSupportedError, StoredEvent, Tracking

from events import catalogue
from events.campaign import CampaignPaused, CampaignResumed
from services.log import Log
from services.log.cloudevents import to_draft
from services.log.eventsourcing.factory import FilonFactory
from services.log.eventsourcing.mapper import EventMapper, NotAnEvent
from services.log.eventsourcing.recorder import LogRecorder
from services.log.jetstream.message import Message
from services.log.jetstream.reader import DirectReader
from tests.integration.log.shelf import event, originator, read

MAPPER = EventMapper()


@pytest.fixture
def recorder(nats_url: str) -> Iterator[LogRecorder]:
    factory = FilonFactory({"FILON_NATS_URL": nats_url})
    yield factory.application_recorder()
    factory.close()


def stored(*versions: int, id: str = "c-1") -> list[StoredEvent]:
    return [MAPPER.to_stored_event(event(id, version)) for version in versions]


async def test_what_it_inserts_is_what_the_log_itself_would_have_written(
    recorder: LogRecorder, log: Log
) -> None:
    ours, theirs = event("c-1", 1), event("c-2", 1)
    await log.append(ours)
    await asyncio.to_thread(recorder.insert_events, [MAPPER.to_stored_event(theirs)])
    one, two = [await log.load(originator(id)) for id in ("c-1", "c-2")]
    assert (one, two) == ([ours], [theirs])
    assert await read(log) == [ours, theirs]


async def test_both_writers_expect_the_same(recorder: LogRecorder, log: Log) -> None:
    await log.append(event("c-1", 1))
    await asyncio.to_thread(recorder.insert_events, stored(2))
    await log.append(event("c-1", 3))
    with pytest.raises(IntegrityError):
        await asyncio.to_thread(recorder.insert_events, stored(3))


def test_a_gap_between_versions_is_refused(recorder: LogRecorder) -> None:
    with pytest.raises(IntegrityError):
        recorder.insert_events(stored(2))
    with pytest.raises(IntegrityError):
        recorder.insert_events(stored(1, 3))
    assert recorder.max_notification_id() is None


def test_the_very_same_events_again_are_a_success_that_adds_nothing(recorder: LogRecorder) -> None:
    events = stored(1, 2)
    assert recorder.insert_events(events) == recorder.insert_events(events) == [1, 2]
    assert recorder.max_notification_id() == 2


async def test_versions_that_are_stored_out_of_order_are_read_in_order(
    recorder: LogRecorder, log: Log
) -> None:
    for version in (3, 1, 2):  # as no writer of ours can, but a foreign one might
        draft = to_draft(event("c-1", version))
        await log.nc.ask(draft.subject, draft.data, draft.headers)

    def versions(**asked: int | bool) -> list[int]:
        found = recorder.select_events(originator("c-1"), **asked)  # type: ignore[arg-type]  # any of them
        return [each.originator_version for each in found]

    assert await asyncio.to_thread(versions) == [1, 2, 3]
    assert await asyncio.to_thread(versions, gt=1) == [2, 3]
    assert await asyncio.to_thread(versions, lte=2) == [1, 2]
    assert await asyncio.to_thread(versions, desc=True, limit=1) == [3]


def test_a_replica_that_lags_behind_is_not_believed(
    recorder: LogRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder.insert_events(stored(1, 2, 3))
    whole = DirectReader.after

    async def lagging(self: DirectReader, pattern: str, sequence: int) -> list[Message]:
        return (await whole(self, pattern, sequence))[:-1]

    monkeypatch.setattr(DirectReader, "after", lagging)
    assert len(recorder.select_events(originator("c-1"))) == 3


def test_an_id_that_no_subject_can_hold_has_no_events(recorder: LogRecorder) -> None:
    for id in ("", "acme", "acme/c-1/campaign/*", "acme/c-1/campaign/>", "a/b/c/d/e", uuid4()):
        assert recorder.select_events(id) == []


def test_an_old_event_is_lifted_to_todays_shape(
    recorder: LogRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = MAPPER.to_stored_event(event("c-1", 1, CampaignPaused()))
    monkeypatch.setitem(catalogue.UPCASTERS, "CampaignPaused", (lambda payload: payload,))
    assert (old.topic, MAPPER.to_stored_event(event("c-1", 1)).topic) == (
        "filon.CampaignPaused.v1",
        "filon.CampaignPaused.v2",
    )
    assert MAPPER.to_domain_event(old).fact == CampaignPaused()


def test_a_topic_stands_for_all_its_schema_versions(recorder: LogRecorder) -> None:
    events = [event("c-1", 1, CampaignPaused()), event("c-1", 2, CampaignResumed())]
    recorder.insert_events([MAPPER.to_stored_event(each) for each in events])
    found = recorder.select_notifications(None, 10, topics=["filon.CampaignResumed.v7"])
    assert [each.originator_version for each in found] == [2]


def test_what_has_no_place_in_the_log_is_refused_in_words(
    recorder: LogRecorder, nats_url: str
) -> None:
    factory = FilonFactory({"FILON_NATS_URL": nats_url})
    with pytest.raises(NotSupportedError, match="snapshots"):
        factory.aggregate_recorder("snapshots")
    for ask in (factory.tracking_recorder, factory.process_recorder):
        with pytest.raises(NotSupportedError, match="positions"):
            ask()
    with pytest.raises(NotSupportedError, match="positions"):
        recorder.insert_events(stored(1), tracking=Tracking("upstream", 1))
    with pytest.raises(NotAnEvent):
        MAPPER.to_stored_event(Foreign())
    factory.close()


class Foreign:
    """Another service's event."""

    originator_id = "acme/c-1/campaign/c-1"
    originator_version = 1


def test_ids_are_strings_and_uuids_are_told_apart() -> None:
    found = MAPPER.to_stored_event(event("c-1", 1))
    assert not isinstance(found.originator_id, UUID)
    assert MAPPER.to_domain_event(found).originator_id == originator("c-1")

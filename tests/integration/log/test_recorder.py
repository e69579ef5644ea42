"""The library's recorder on Filon's log: what its cases can't say, and what they can't reach."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import IntegrityError, NotSupportedError, StoredEvent, Tracking

from events import catalogue
from events.campaign import CampaignPaused, CampaignResumed
from services.log import Log
from services.log.cloudevents import to_draft
from services.log.errors import Unavailable
from services.log.eventsourcing.bridge import Closed, OnLoop, OwnThread, WrongThread
from services.log.eventsourcing.factory import FilonFactory
from services.log.eventsourcing.mapper import EventMapper, NotAnEvent
from services.log.eventsourcing.recorder import LogRecorder
from services.log.jetstream.stream import InvalidStreamName
from tests.integration.log.shelf import event, originator, read
from tests.nats_servers import free_port

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


def test_a_closed_application_answers_no_more(nats_url: str) -> None:
    bridge = OwnThread(nats_url)
    recorder = LogRecorder(bridge)
    recorder.insert_events(stored(1))
    bridge.close()
    bridge.close()
    with pytest.raises(Closed):
        recorder.max_notification_id()


def test_closing_ends_a_subscription_that_waits(nats_url: str) -> None:
    bridge = OwnThread(nats_url)
    recorder = LogRecorder(bridge)
    recorder.insert_events(stored(1))
    came = threading.Event()
    found: list[int] = []

    def wait() -> None:
        with recorder.subscribe() as subscription:
            for each in subscription:
                found.append(each.id)
                came.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert came.wait(20)
    bridge.close()
    waiting.join(20)
    assert (waiting.is_alive(), found) == (False, [1])


def test_an_application_that_is_collected_on_the_loops_own_thread_does_not_block(
    nats_url: str,
) -> None:
    bridge = OwnThread(nats_url)
    LogRecorder(bridge).insert_events(stored(1))
    closed = bridge.begin(lambda _: _close(bridge))
    assert closed.result(20) == "closed"


async def _close(bridge: OwnThread) -> str:
    bridge.close()
    return "closed"


async def test_waiting_on_the_loops_own_thread_is_refused(log: Log) -> None:
    bridge = OnLoop(log, asyncio.get_running_loop())
    with pytest.raises(WrongThread):
        LogRecorder(bridge).max_notification_id()
    assert await asyncio.to_thread(LogRecorder(bridge).max_notification_id) is None


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_child_that_is_forked_opens_its_own_connection(recorder: LogRecorder) -> None:
    recorder.insert_events(stored(1))
    child = os.fork()
    if child == 0:
        signal.alarm(30)
        done = recorder.insert_events(stored(2)) == [2]
        os._exit(0 if done else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert recorder.insert_events(stored(3)) == [3]


def test_a_program_that_forgets_to_close_ends(nats_url: str) -> None:
    program = f"""
        from services.history import FilonHistory
        history = FilonHistory({{"FILON_NATS_URL": {nats_url!r}}})
        print(history.recorder.max_notification_id())
    """
    command = [sys.executable, "-c", textwrap.dedent(program)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (0, "None\n"), ended.stderr


def test_a_server_that_is_not_there_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.log.eventsourcing.bridge.PATIENCE_S", 0.3)
    url = f"nats://127.0.0.1:{free_port()}"
    with pytest.raises(Unavailable, match=url):
        LogRecorder(OwnThread(url)).max_notification_id()


@pytest.mark.parametrize("name", ["bank.accounts", "a b", "all>", ""])
async def test_a_name_that_no_stream_can_have_is_refused(nats_url: str, name: str) -> None:
    with pytest.raises(InvalidStreamName):
        await Log.connect(nats_url, stream=name)


def test_ids_are_strings_and_uuids_are_told_apart() -> None:
    found = MAPPER.to_stored_event(event("c-1", 1))
    assert not isinstance(found.originator_id, UUID)
    assert MAPPER.to_domain_event(found).originator_id == originator("c-1")

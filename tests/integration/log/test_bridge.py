"""An application's thread and connection: closed, forked, forgotten, and where nobody answers."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import threading

import pytest

from services.log import Log
from services.log.errors import Unavailable
from services.log.eventsourcing.bridge import Closed, OnLoop, OwnThread, WrongThread
from services.log.eventsourcing.recorder import LogRecorder
from services.log.jetstream.stream import InvalidStreamName
from tests.integration.log.test_recorder import recorder, stored
from tests.nats_servers import free_port

__all__ = ["recorder"]


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
    ended = subprocess.run(command, capture_output=True, text=True, timeout=150, check=False)
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

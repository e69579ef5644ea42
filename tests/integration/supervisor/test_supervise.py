"""Processes that are kept alive together, shown with stand-ins."""

import os
import re
import signal

from tests.integration.supervisor.running import Start, alive, eventually


def test_a_process_that_is_killed_is_back_under_its_name(stand_ins: Start) -> None:
    running = stand_ins("worker").prints("at work")
    killed = running.pid("worker")

    os.kill(killed, signal.SIGKILL)

    running.prints("worker ended (signal 9); it starts again now").prints("at work", times=2)
    assert running.pid("worker") not in (0, killed)


def test_what_a_killed_process_had_started_itself_does_not_outlive_it(stand_ins: Start) -> None:
    running = stand_ins("parent").prints("grandchild")
    grandchild = int(re.findall(r"grandchild (\d+)", running.output)[0])

    os.kill(running.pid("parent"), signal.SIGKILL)

    running.prints("grandchild", times=2)
    eventually(lambda: not alive(grandchild))


def test_one_that_keeps_dying_is_started_less_and_less_often(stand_ins: Start) -> None:
    running = stand_ins("doomed").prints("it starts again in 2 s")

    assert re.findall(r"\(status 3\); it starts again (.*)", running.output) == [
        "now",
        "in 0.5 sec",
        "in 1 sec",
        "in 2 sec",
    ]


def test_one_whose_settings_are_wrong_ends_everything_with_its_own_words(stand_ins: Start) -> None:
    running = stand_ins("worker", "misconfigured")

    assert running.ended() != 0
    assert "misconfigured | port?" in running.output
    assert "misconfigured refuses its settings" in running.output


def test_control_c_stops_all_and_leaves_nothing(stand_ins: Start) -> None:
    running = stand_ins("worker", "parent", "stubborn").prints("deaf").prints("grandchild")
    pids = running.pids()

    running.send(signal.SIGINT)

    assert running.ended() == 0
    assert set(pids) == {"up", "worker", "parent", "stubborn"}
    assert not any(map(alive, pids.values()))
    assert running.pids() == {}


def test_a_supervisor_that_is_killed_takes_everything_with_it(stand_ins: Start) -> None:
    running = stand_ins("worker", "parent", "stubborn").prints("deaf").prints("grandchild")
    pids = {**running.pids(), "grandchild": int(re.findall(r"ld (\d+)", running.output)[0])}

    running.send(signal.SIGKILL)

    eventually(lambda: not any(map(alive, pids.values())))


def test_after_a_killed_supervisor_the_next_one_starts_at_once(stand_ins: Start) -> None:
    killed = stand_ins("worker").prints("at work")
    killed.send(signal.SIGKILL)

    following = stand_ins("worker").prints("at work")

    assert following.pid("up") == following.process.pid
    assert following.pid("worker") != 0


def test_a_line_of_any_length_is_printed_and_the_next_one_too(stand_ins: Start) -> None:
    running = stand_ins("chatty").prints("chatty    | ééé")

    assert running.output.count("a") > 300_000

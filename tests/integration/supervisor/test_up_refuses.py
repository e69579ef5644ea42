"""`filon up` says clearly what must be put right before it can start."""

import socket
from pathlib import Path

import pytest

from services.supervisor.home import Home
from tests.integration.supervisor.running import Start
from tests.nats_servers import free_port


def test_a_folder_that_can_not_be_written_is_named(filon_up: Start, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    running = filon_up(tmp_path / "file" / "home")

    assert running.ended() == 1
    assert f"FILON_HOME={tmp_path}/file/home can't be written (Not a directory)" in running.output


def test_a_folder_that_another_holds_is_refused_with_its_pid(
    filon_up: Start, tmp_path: Path
) -> None:
    holder = Home(tmp_path / "home")
    holder.claim()

    running = filon_up()

    assert running.ended() == 1
    assert f"in use by another `filon up` (pid {running.pid('up')})" in running.output
    holder.release()


@pytest.mark.parametrize(
    ("family", "address"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
)
def test_a_taken_port_is_refused_with_a_free_one(
    filon_up: Start, family: socket.AddressFamily, address: str
) -> None:
    with socket.socket(family, socket.SOCK_STREAM) as other:
        other.bind((address, 0))
        other.listen()
        port = other.getsockname()[1]

        running = filon_up(FILON_PORT=str(port))

        assert running.ended() == 1
    assert f"Port {port} is taken by another program" in running.output
    assert "FILON_PORT=" in running.output
    assert running.pids() == {}


def test_an_impossible_setting_is_refused_in_french_on_a_french_terminal(filon_up: Start) -> None:
    running = filon_up(FILON_PORT="huit", LANG="fr_FR.UTF-8")

    assert running.ended() == 78
    assert "FILON_PORT='huit' n'est pas possible\u00a0: un nombre de 1 à 65535" in running.output


def test_a_setting_that_a_process_refuses_ends_filon_up_with_the_same_status(
    filon_up: Start,
) -> None:
    running = filon_up(FILON_PORT=str(free_port()), FILON_STREAM_RING_ITEMS="lots")

    assert running.ended() == 78
    assert "edge      | FILON_STREAM_RING_ITEMS='lots' is not possible" in running.output

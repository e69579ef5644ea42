"""`filon doctor` says what is well and what is not, and changes nothing."""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.supervisor.ready import answers_200
from tests.integration.supervisor.running import WITHIN, environment, eventually
from tests.nats_servers import NatsServer, free_port


def doctor(home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "services.cli", "doctor"],
        env=environment(home, **settings),
        capture_output=True,
        text=True,
        check=False,
    )


def test_on_a_good_machine_all_is_well_and_nothing_is_made(tmp_path: Path) -> None:
    found = doctor(tmp_path / "home", FILON_PORT=str(free_port()))

    assert found.returncode == 0, found.stdout
    assert "✓ nats-server: v2." in found.stdout
    assert "✓ Filon is not running" in found.stdout
    assert not (tmp_path / "home").exists()


def test_each_thing_that_is_wrong_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        nobody = free_port()

        found = doctor(
            tmp_path / "file" / "home",
            FILON_PORT=str(port),
            FILON_NATS_URL=f"nats://127.0.0.1:{nobody}",
        )

    assert found.returncode == 1
    wrong = [line for line in found.stdout.splitlines() if line.startswith("✗")]
    assert [line for line in wrong if f"127.0.0.1:{nobody} does not answer" in line]
    assert [line for line in wrong if "can't be written" in line]
    assert [line for line in wrong if f"Port {port} is taken" in line]


def test_a_server_of_ones_own_is_asked_whether_it_answers(
    tmp_path: Path, nats_server: NatsServer
) -> None:
    found = doctor(tmp_path, FILON_PORT=str(free_port()), FILON_NATS_URL=nats_server.url)

    assert f"✓ 127.0.0.1:{nats_server.port} answers" in found.stdout


def test_of_a_cluster_one_server_is_enough(tmp_path: Path, nats_server: NatsServer) -> None:
    nobody = f"127.0.0.1:{free_port()}"

    found = doctor(
        tmp_path,
        FILON_PORT=str(free_port()),
        FILON_NATS_URL=f"nats://ada:hush@{nobody},{nats_server.url}",
    )

    assert f"! {nobody} does not answer" in found.stdout
    assert f"✓ 127.0.0.1:{nats_server.port} answers" in found.stdout
    assert "hush" not in found.stdout


def test_every_setting_that_is_unusable_is_named_not_just_the_first(tmp_path: Path) -> None:
    found = doctor(tmp_path, FILON_PORT="huit", FILON_MODEL_TIMEOUT="2min", FILON_JWT_KEY="hush")

    assert found.returncode == 78
    assert found.stdout.splitlines() == [
        "✗ FILON_PORT='huit' is not possible: a number from 1 to 65535",
        "✗ FILON_JWT_KEY is not possible: 32 random bytes: `openssl rand -hex 32` makes them",
        "✗ FILON_MODEL_TIMEOUT='2min' is not possible: a number of seconds",
    ]


@pytest.fixture
def alone(tmp_path: Path, nats_server: NatsServer) -> Iterator[dict[str, str]]:
    """The settings of an edge and a projector without a supervisor, as in containers."""
    settings = {"FILON_PORT": str(free_port()), "FILON_NATS_URL": nats_server.url}
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "services.cli", process],
            env=environment(tmp_path, **settings),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for process in ("projector", "edge")
    ]
    yield settings
    for process in running:
        process.terminate()
    for process in running:
        process.wait(WITHIN)


def test_an_edge_that_runs_by_itself_is_not_in_its_own_way(
    tmp_path: Path, alone: dict[str, str]
) -> None:
    port = int(alone["FILON_PORT"])
    eventually(lambda: asyncio.run(answers_200(port, "/readyz")))

    found = doctor(tmp_path, **alone)

    assert found.returncode == 0, found.stdout
    assert f"✓ Port {port} is this Filon's" in found.stdout
    assert f"✓ http://localhost:{port}/readyz answers" in found.stdout

"""`filon doctor` says what is well and what is not, and changes nothing."""

import socket
import subprocess
import sys
from pathlib import Path

from tests.integration.supervisor.running import environment
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

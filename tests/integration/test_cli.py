"""The command line as it is typed: what each way to end says."""

import fcntl
import os
import pty
import socket
import subprocess
import sys
import termios
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.integration.supervisor.running import environment
from tests.nats_servers import NatsServer, free_port

PASSWORD = "correct horse battery staple\n"


def filon(
    home: Path, *arguments: str, said: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "services.cli", *arguments],
        env=environment(home, **settings),
        input=said,
        capture_output=True,
        text=True,
        check=False,
    )


def add(
    home: Path, org: str, *more: str, email: str = "leo@acme.example"
) -> subprocess.CompletedProcess[str]:
    wish = ("user", "add", email, "--org", org, "--role", "viewer", "--password-stdin")
    return filon(home, *wish, *more, said=PASSWORD)


def test_it_says_which_version_it_is(tmp_path: Path) -> None:
    assert filon(tmp_path, "--version").stdout == f"filon {version('filon')}\n"


def test_a_shell_can_complete_its_commands(tmp_path: Path) -> None:
    script = filon(tmp_path, _FILON_COMPLETE="bash_source")
    offered = filon(
        tmp_path, _FILON_COMPLETE="bash_complete", COMP_WORDS="filon log ", COMP_CWORD="2"
    )

    assert "complete -o" in script.stdout
    commands = ("backup", "new-epoch", "quarantine", "restore")
    assert offered.stdout.split() == [f"plain,{command}" for command in commands]


@pytest.mark.parametrize("wrong", [("nope",), ("up", "--agents", "0"), ("user", "add", "a@b.c")])
def test_a_command_that_is_none_ends_with_2(tmp_path: Path, wrong: tuple[str, ...]) -> None:
    ended = filon(tmp_path, *wrong)

    assert ended.returncode == 2
    assert "Usage: filon" in ended.stderr


@pytest.mark.parametrize(
    "command",
    ["up", "edge", "agents", "projector", "doctor", "rebuild", "log new-epoch", "user add a@b.c"],
)
def test_an_unusable_setting_ends_every_command_with_a_sentence_and_78(
    tmp_path: Path, command: str
) -> None:
    options = ("--org", "x", "--role", "viewer", "--password-stdin") if "user" in command else ()
    wrong = {
        "FILON_NATS_URL": "http://ada:hush@nats",
        "FILON_DATABASE_URL": "mysql://ada:hush@db/filon",
    }

    ended = filon(tmp_path, *command.split(), *options, **wrong, LANG="fr_FR.UTF-8")

    assert ended.returncode == 78
    assert "n'est pas possible\u00a0: " in ended.stdout + ended.stderr
    assert "hush" not in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("process", "name", "value"),
    [
        ("edge", "FILON_PORT", "huit"),
        ("edge", "FILON_STREAM_RING_ITEMS", "lots"),
        ("edge", "FILON_LOG_REPLICAS", "2"),
        ("edge", "FILON_HOST", "203.0.113.7"),
        ("edge", "FILON_HOST", "nowhere.invalid"),
        ("edge", "FILON_ORG", "My company"),
        ("edge", "FILON_ADMIN_EMAIL", "nope"),
        ("agents", "FILON_MODEL_TIMEOUT", "2min"),
        ("agents", "FILON_MODEL", "nobody/nothing"),
        ("projector", "FILON_LOG_REPLICAS", "2"),
    ],
)
def test_a_process_refuses_what_it_can_not_mean_before_it_begins(
    tmp_path: Path, process: str, name: str, value: str
) -> None:
    port = {"FILON_PORT": str(free_port())}

    ended = filon(tmp_path, process, **port | {name: value})

    assert ended.returncode == 78
    assert ended.stderr.startswith(f"{name}={value!r} is not possible: ")
    assert ended.stderr.count("\n") == 1


def test_production_without_its_first_password_is_refused_before_anything_is_served(
    tmp_path: Path,
) -> None:
    ended = filon(
        tmp_path,
        "edge",
        FILON_PORT=str(free_port()),
        FILON_ENV="production",
        FILON_JWT_KEY="0123456789abcdef" * 4,
    )

    assert ended.returncode == 78
    assert ended.stderr == (
        "FILON_ADMIN_PASSWORD is not possible: FILON_ENV=production requires it\n"
    )


def test_a_folder_without_filon_gets_none_from_adding_an_account(tmp_path: Path) -> None:
    refused = add(tmp_path / ".filon", "acme", "--new-org")

    assert refused.returncode == 1
    assert f"There is no database at {tmp_path}/.filon/filon.db" in refused.stderr
    assert not (tmp_path / ".filon").exists()


def test_people_are_managed_from_the_command_line(tmp_path: Path, nats_server: NatsServer) -> None:
    filon(tmp_path, "rebuild", FILON_NATS_URL=nats_server.url)
    add(tmp_path, "acme", "--new-org")
    ada = ("user", "add", "ada@acme.example", "--role", "admin")

    made = filon(tmp_path, *ada, said=PASSWORD)
    weak = filon(tmp_path, "user", "password", "leo@acme.example", said="passwordpassword\n")
    last = filon(tmp_path, "user", "remove", "ada@acme.example")
    nobody = filon(tmp_path, "user", "role", "eve@acme.example", "admin")
    reset = filon(tmp_path, "user", "password", "leo@acme.example", said="tournesol vélo brume\n")
    promoted = filon(tmp_path, "user", "role", "leo@acme.example", "admin")
    removed = filon(tmp_path, "user", "remove", "ada@acme.example")
    listed = filon(tmp_path, "user", "list")

    assert (made.returncode, "ada@acme.example may sign in to acme" in made.stdout) == (0, True)
    assert (weak.returncode, "not the address" in weak.stderr) == (1, True)
    assert (last.returncode, "is the last administrator" in last.stderr) == (1, True)
    assert (nobody.returncode, "has no account" in nobody.stderr) == (1, True)
    assert (reset.returncode, promoted.returncode, removed.returncode) == (0, 0, 0)
    assert listed.stdout == "leo@acme.example\tadmin\tacme\n"


def test_a_password_is_never_shown_at_a_terminal(tmp_path: Path, nats_server: NatsServer) -> None:
    filon(tmp_path, "rebuild", FILON_NATS_URL=nats_server.url)
    leader, follower = pty.openpty()
    wish = ("user", "add", "leo@acme.example", "--org", "acme", "--new-org", "--role", "admin")
    with subprocess.Popen(
        [sys.executable, "-m", "services.cli", *wish],
        env=environment(tmp_path),
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    ) as started:
        os.close(follower)
        shown = _until(leader, "Password: ")
        os.write(leader, PASSWORD.encode())
        shown += _until(leader, "Once more: ")
        os.write(leader, PASSWORD.encode())
        shown += _until(leader, "may sign in to acme")
        assert started.wait(60) == 0
    os.close(leader)
    assert PASSWORD.strip() not in shown


def _until(terminal: int, words: str) -> str:
    shown = ""
    while words not in shown:
        shown += os.read(terminal, 4096).decode()
    return shown


def test_a_new_organisation_is_made_when_it_is_asked_for(
    tmp_path: Path, nats_server: NatsServer
) -> None:
    filon(tmp_path, "rebuild", FILON_NATS_URL=nats_server.url)

    none_yet = add(tmp_path, "acme")
    made = add(tmp_path, "acme", "--new-org")
    mistyped = add(tmp_path, "amce", email="ada@acme.example")
    again = add(tmp_path, "acme")

    assert (none_yet.returncode, "nor any other" in none_yet.stderr) == (1, True)
    assert (made.returncode, "leo@acme.example may sign in to acme" in made.stdout) == (0, True)
    assert (mistyped.returncode, mistyped.stderr) == (
        1,
        "There is no organisation amce; there are: acme. --new-org makes it\n",
    )
    assert (again.returncode, again.stderr) == (1, "leo@acme.example has an account already\n")


def test_a_port_that_another_program_has_is_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        ended = filon(tmp_path, "edge", FILON_HOST="127.0.0.1", FILON_PORT=port)

    assert ended.returncode == 1
    assert ended.stderr == (
        f"Nobody can be served at port {port} (Address already in use): "
        "stop what has it, or choose another in FILON_PORT.\n"
    )


@pytest.mark.parametrize("process", ["edge", "projector"])
def test_a_database_out_of_reach_is_a_sentence_and_no_traceback(
    tmp_path: Path, nats_server: NatsServer, process: str
) -> None:
    ended = filon(
        tmp_path,
        process,
        FILON_PORT=str(free_port()),
        FILON_NATS_URL=nats_server.url,
        FILON_DATABASE_URL=f"postgresql://ada:hush@127.0.0.1:{free_port()}/filon",
        LANG="fr_FR.UTF-8",
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith("La base de données est inutilisable (connection failed: ")
    assert ended.stderr.count("\n") == 1
    assert "hush" not in ended.stderr

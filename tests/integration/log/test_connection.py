"""A connection outlives what the server says against it, and says why it waits."""

import asyncio
import signal
import subprocess
from collections.abc import Awaitable, Iterator
from pathlib import Path

import pytest

from services.log import Log
from services.log.errors import CredentialsRefused, SubjectTooLong
from tests.integration.log.shelf import event, originator
from tests.nats_servers import free_port, nats_binary


class Guarded:
    """A server with one user, whose password a test may change."""

    def __init__(self, folder: Path) -> None:
        self._file, self._folder, self.port = folder / "nats.conf", folder, free_port()
        self._write("right")

    def start(self) -> None:
        self.process = subprocess.Popen(
            [nats_binary(), "-c", str(self._file)], stdout=-3, stderr=-3
        )

    def change(self, password: str) -> None:
        self._write(password)
        self.process.send_signal(signal.SIGHUP)

    def _write(self, password: str) -> None:
        self._file.write_text(
            f'host: 127.0.0.1\nport: {self.port}\njetstream {{ store_dir: "{self._folder}/js" }}\n'
            f"authorization {{ user: filon, password: {password} }}\n"
        )


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Guarded]:
    server = Guarded(tmp_path)
    server.start()
    yield server
    server.process.kill()
    server.process.wait()


async def test_a_password_that_is_changed_and_put_back_costs_nothing(guarded: Guarded) -> None:
    log = await Log.connect(f"nats://filon:right@127.0.0.1:{guarded.port}")
    await log.append(event("a", 1))
    guarded.change("another")
    while not log.nc.refused:  # noqa: ASYNC110  # nats-py tells nobody
        await asyncio.sleep(0.05)
    guarded.change("right")
    await log.append(event("a", 2))
    assert len(await log.load(originator("a"))) == 2
    await log.close()


async def _told_no(connecting: Awaitable[Log], caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(CredentialsRefused, match="Authorization Violation") as refused:
        await connecting
    assert "secret-wrong" not in f"{refused.value} {caplog.text}"


async def test_credentials_that_are_refused_at_the_start_are_said_to_be(
    guarded: Guarded, caplog: pytest.LogCaptureFixture
) -> None:
    await _told_no(Log.connect(f"nats://filon:secret-wrong@127.0.0.1:{guarded.port}"), caplog)


async def test_a_server_that_comes_late_refuses_credentials_too(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = Guarded(tmp_path)
    url = f"nats://filon:secret-wrong@127.0.0.1:{server.port}"
    connecting = asyncio.create_task(Log.connect(url))
    while "nats.waiting" not in caplog.text:  # noqa: ASYNC110  # a log tells nobody
        await asyncio.sleep(0.05)
    server.start()
    await _told_no(connecting, caplog)
    server.process.kill()
    server.process.wait()


async def test_a_subject_that_the_server_would_not_take_is_never_sent(log: Log) -> None:
    with pytest.raises(SubjectTooLong):
        await log.nc.send("x" * 5000, b"")
    await log.append(event("a", 1))


async def test_what_the_server_cuts_comes_back(log: Log) -> None:
    await log.nc._send_command(b"NONSENSE\r\n")
    await log.nc.push()
    await log.append(event("a", 1))
    assert len(await log.load(originator("a"))) == 1

"""No room: a clear error, and nothing half written."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from events.campaign import CampaignChanged
from events.targeting import Targeting
from services.log import Log, LogFull, TooLarge
from services.log.jetstream.api import call
from tests.integration.log.shelf import event, originator, read
from tests.nats_servers import free_port, nats_binary

EVENTS = 10
LARGE = CampaignChanged(name="x" * 50_000, targeting=Targeting(), sources=("csv",), threshold=50)


async def _fill(log: Log) -> int:
    """Appends until the log refuses; how many appends it took."""
    for number in range(1000):
        try:
            await log.append(*(event(f"d{number}", v, LARGE) for v in range(1, EVENTS + 1)))
        except LogFull:
            return number
    raise AssertionError("it never filled")


async def _check(log: Log, filled: int) -> None:
    assert filled
    assert len(await read(log)) == filled * EVENTS
    assert await log.load(originator(f"d{filled}")) == []


async def test_a_full_stream_refuses_an_append_whole_and_takes_it_once_there_is_room(
    nats_url: str,
) -> None:
    log = await Log.connect(nats_url)
    config = (await call(log.nc, "STREAM.INFO.FILON"))["config"]
    await call(log.nc, "STREAM.UPDATE.FILON", {**config, "max_bytes": 3_000_000})
    filled = await _fill(log)
    await _check(log, filled)
    await call(log.nc, "STREAM.UPDATE.FILON", {**config, "max_bytes": 6_000_000})
    await log.append(*(event(f"d{filled}", v, LARGE) for v in range(1, EVENTS + 1)))
    assert len(await log.load(originator(f"d{filled}"))) == EVENTS
    await log.close()


def _may_mount() -> bool:
    """Whether this machine lets a process have a file system of its own."""
    unshare = shutil.which("unshare")
    return unshare is not None and not subprocess.call(
        [unshare, "-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextmanager
def _small_disk(folder: Path) -> Iterator[str]:
    """A server whose disk holds 16 megabytes."""
    port = free_port()
    mount = f"mount -t tmpfs -o size=16m tmpfs {folder}"
    serve = f"exec {nats_binary()} -js -sd {folder} -a 127.0.0.1 -p {port}"
    with subprocess.Popen(
        ["unshare", "-Urm", "sh", "-c", f"{mount} && {serve}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        yield f"nats://127.0.0.1:{port}"
        server.terminate()


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or not _may_mount(),
    reason="needs a file system of its own, which user name spaces give on Linux",
)
async def test_a_full_disk_refuses_an_append_whole(tmp_path: Path) -> None:
    with _small_disk(tmp_path) as url:
        log = await Log.connect(url)
        await _check(log, await _fill(log))
        await log.close()


async def test_an_event_that_no_message_can_hold_is_refused(nats_url: str) -> None:
    log = await Log.connect(nats_url)
    with pytest.raises(TooLarge):
        await log.append(event("a", 1, LARGE.model_copy(update={"name": "x" * 2_000_000})))
    assert await read(log) == []
    await log.close()

"""NATS permissions as docs/decisions/0023 proposes them: one user appends, others only read."""

import asyncio
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.log import Log, Unavailable
from services.log.eventsourcing.bridge import OnLoop
from services.log.eventsourcing.mapper import EventMapper
from services.log.eventsourcing.recorder import LogRecorder
from services.operations.doctor.log import examine
from tests.integration.log.shelf import event, originator, read
from tests.nats_servers import free_port, nats_binary

PROPOSED = Path(__file__).parents[3] / "docs" / "decisions" / "0023-who-may-publish.md"


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A server that is configured as the decision's example says."""
    found = re.search(r"```conf\n(.*?)```", PROPOSED.read_text(), re.DOTALL)
    assert found
    port = free_port()
    configuration = tmp_path / "nats.conf"
    listen = f'host: 127.0.0.1\nport: {port}\njetstream {{ store_dir: "{tmp_path}/js" }}\n'
    configuration.write_text(listen + found[1])
    with subprocess.Popen(
        [nats_binary(), "-c", str(configuration)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        yield port
        server.terminate()


async def test_only_filon_appends_and_others_read_all(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.log.jetstream.appender.PATIENCE_S", 0.5)
    filon = await Log.connect(f"nats://filon:change-me@127.0.0.1:{port}")
    other = await Log.connect(f"nats://reader:change-me-too@127.0.0.1:{port}")
    assert await filon.append(event("a", 1)) == 1
    assert [e.originator_version for e in await read(other)] == [1]
    assert len(await other.load("acme/c-1/campaign/a")) == 1
    with pytest.raises(Unavailable):
        await other.append(event("a", 2))
    assert len(await read(filon)) == 1
    assert {f.level for f in await examine(filon.nc, "FILON")} <= {"good", "warning"}
    assert "operations.may-not-append" in {f.code for f in await examine(other.nc, "FILON")}
    await filon.close()
    await other.close()


async def test_who_only_reads_has_the_whole_history(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.log.jetstream.appender.PATIENCE_S", 0.5)
    filon = await Log.connect(f"nats://filon:change-me@127.0.0.1:{port}")
    await filon.append(event("a", 1), event("a", 2))
    other = await Log.connect(f"nats://reader:change-me-too@127.0.0.1:{port}")
    recorder = LogRecorder(OnLoop(other, asyncio.get_running_loop()))
    found = await asyncio.to_thread(recorder.select_events, originator("a"))
    assert [each.originator_version for each in found] == [1, 2]
    assert len(await asyncio.to_thread(recorder.select_notifications, None, 10)) == 2
    stored = EventMapper().to_stored_event(event("a", 3))
    with pytest.raises(Unavailable):
        await asyncio.to_thread(recorder.insert_events, [stored])
    await filon.close()
    await other.close()

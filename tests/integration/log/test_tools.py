"""`filon doctor` and `filon log`, against real servers."""

import asyncio
import json
from pathlib import Path

import pytest

from services.cli import main as command_line
from services.log import Log
from services.log.jetstream.api import call
from services.log.jetstream.connection import NatsConnection
from services.operations.backup import Complete, Damaged, Step, backup, restore
from services.operations.doctor.log import examine
from services.wording import LANGUAGES, render
from tests.integration.log.shelf import event, read
from tests.nats_servers import NatsServer, free_port, started

BOTH = [Step("FILON", True), Step("KV_tickets", True)]


def filon(*arguments: str) -> int:
    status: int = command_line.filon.main(arguments, standalone_mode=False)
    return status


async def _fill(url: str) -> list[bytes]:
    log = await Log.connect(url)
    await log.append(*(event("a", n) for n in range(1, 901)))
    await log.remove("acme/c-1/campaign/a", 100)
    await call(log.nc, "STREAM.CREATE.KV_tickets", {"name": "KV_tickets", "subjects": ["$KV.t.>"]})
    await log.nc.request("$KV.t.one", b"ticket")
    events = await read(log)
    await log.close()
    return [e.id.bytes for e in events]


async def _connection(url: str) -> NatsConnection:
    nc = NatsConnection()
    await nc.open(url, "tools")
    return nc


async def test_a_backup_brings_every_stream_back_with_a_new_epoch(
    nats_server: NatsServer, tmp_path: Path
) -> None:
    written = await _fill(nats_server.url)
    nc = await _connection(nats_server.url)
    assert [step async for step in backup(nc, tmp_path / "saved")] == BOTH
    with pytest.raises(Complete):
        [step async for step in backup(nc, tmp_path / "saved")]
    old = (await call(nc, "STREAM.INFO.FILON"))["config"]["metadata"]["filon.epoch"]
    await nc.close()
    with started(tmp_path / "other", in_container=False) as other:
        nc = await _connection(other.url)
        assert [step async for step in restore(nc, tmp_path / "saved")] == BOTH
        log = await Log.connect(other.url)
        events = await read(log)
        assert [e.id.bytes for e in events] == written
        assert [events[0].sequence, events[-1].sequence] == [100, 900]
        assert (await log.head()).epoch != old
        assert await log.append(event("a", 901)) == 901
        epoch = (await log.head()).epoch
        again = [step async for step in restore(nc, tmp_path / "saved")]
        assert again == [Step("FILON", False), Step("KV_tickets", False)]
        assert (await log.head()).epoch == epoch
        await log.close()
        await nc.close()


async def test_an_interrupted_backup_goes_on(nats_server: NatsServer, tmp_path: Path) -> None:
    await _fill(nats_server.url)
    nc = await _connection(nats_server.url)
    async for _ in backup(nc, tmp_path / "saved"):
        break
    first = (tmp_path / "saved" / "FILON.snapshot").stat().st_mtime_ns
    (tmp_path / "saved" / "KV_tickets.snapshot").write_bytes(b"half of")
    resumed = [step async for step in backup(nc, tmp_path / "saved")]
    assert resumed == [Step("FILON", False), Step("KV_tickets", True)]
    assert (tmp_path / "saved" / "FILON.snapshot").stat().st_mtime_ns == first
    await nc.close()


async def test_a_damaged_backup_is_not_restored(nats_server: NatsServer, tmp_path: Path) -> None:
    await _fill(nats_server.url)
    nc = await _connection(nats_server.url)
    assert [step async for step in backup(nc, tmp_path / "saved")] == BOTH
    await nc.close()
    snapshot = tmp_path / "saved" / "KV_tickets.snapshot"
    snapshot.write_bytes(snapshot.read_bytes()[:-1] + b"?")
    with started(tmp_path / "other", in_container=False) as other:
        nc = await _connection(other.url)
        with pytest.raises(Damaged):
            [step async for step in restore(nc, tmp_path / "saved")]
        (tmp_path / "saved" / "FILON.json").write_text("{")
        with pytest.raises(Damaged):
            [step async for step in restore(nc, tmp_path / "saved")]
        assert (await call(nc, "STREAM.NAMES", {}))["total"] == 0
        await nc.close()


async def test_the_doctor_finds_a_sound_log_sound(nats_url: str) -> None:
    log = await Log.connect(nats_url)
    varz = {"jetstream": {"config": {"sync_always": True}}}
    findings = await examine(log.nc, "FILON", varz)
    assert {finding.level for finding in findings} == {"good"}
    assert await read(log) == []
    await log.close()


async def test_the_doctor_names_what_to_change(nats_url: str) -> None:
    log = await Log.connect(nats_url)
    config = (await call(log.nc, "STREAM.INFO.FILON"))["config"]
    await call(
        log.nc,
        "STREAM.UPDATE.FILON",
        {**config, "allow_direct": False, "max_age": 3600 * 10**9, "metadata": {}},
    )
    findings = await examine(log.nc, "FILON")
    wrong = [finding for finding in findings if finding.level == "wrong"]
    assert {f.params["name"] for f in wrong} == {
        "allow_direct",
        "max_age",
        "filon.epoch",
        "filon.floor",
    }
    for finding in findings:
        for language in LANGUAGES:
            words = render(finding.code, finding.params, language)
            assert words != finding.code
            assert "…" not in words
    missing = await examine(log.nc, "NOTHERE")
    assert missing[-1].code == "operations.no-stream"
    await log.close()


def test_the_command_line_checks_saves_and_begins_anew(
    nats_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asyncio.run(_fill(nats_url))
    monkeypatch.setenv("FILON_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("FILON_PORT", str(free_port()))
    monkeypatch.setenv("FILON_NATS_URL", nats_url)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    assert filon("doctor") == 0
    assert filon("log", "backup", str(tmp_path / "b")) == 0
    assert json.loads((tmp_path / "b" / "FILON.json").read_text())["state"]["last_seq"] == 900
    assert filon("log", "backup", str(tmp_path / "b")) == 1
    assert filon("log", "restore", str(tmp_path / "b")) == 1
    assert filon("log", "restore", str(tmp_path / "none")) == 1
    assert not (tmp_path / "none").exists()
    (tmp_path / "file").write_text("")
    assert filon("log", "backup", str(tmp_path / "file")) == 1
    assert filon("doctor", "--monitor", "http://127.0.0.1:1") == 1
    assert filon("log", "new-epoch") == 0
    assert filon("doctor", "--stream", "OTHER") == 1
    out = capsys.readouterr().out
    assert "May publish to filon.>" in out
    assert "New epoch: " in out
    assert "There is no stream OTHER" in out
    assert f"{tmp_path / 'b'} holds a whole backup already" in out
    assert "FILON is on the server already: left alone" in out
    assert f"There is no backup in {tmp_path / 'none'}" in out
    assert f"{tmp_path / 'file'}: File exists" in out
    assert "No monitoring of a nats-server answers at http://127.0.0.1:1" in out


def test_without_a_server_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FILON_NATS_URL", "nats://127.0.0.1:1")
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    assert filon("log", "new-epoch") == 1
    assert "Aucun serveur NATS" in capsys.readouterr().out

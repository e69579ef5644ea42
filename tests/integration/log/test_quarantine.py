"""What is no fact of Filon's stops nobody; what a newer Filon wrote stops those who read it."""

import asyncio
import json

import pytest

from events.campaign import CampaignResumed
from events.catalogue import UnknownFact
from services.log import Log
from services.log.cloudevents import to_draft
from services.log.jetstream.stream import quarantine
from tests.integration.log.shelf import event, originator, read

GOOD = to_draft(event("a", 2))
HEADERS = dict(line.split(": ", 1) for line in GOOD.headers.splitlines())
SECRET = "ada@imaginaire.example"


def _headers(**changed: str | None) -> str:
    kept = HEADERS | {f"ce-{name}": value for name, value in changed.items()}
    kept["Nats-Msg-Id"] = json.dumps(changed)
    return "".join(f"{name}: {value}\r\n" for name, value in kept.items() if value is not None)


MALFORMED = {
    "no JSON": (GOOD.subject, _headers(), SECRET.encode()),
    "another payload": (GOOD.subject, _headers(), json.dumps({"email": SECRET}).encode()[:-1]),
    "no headers": (GOOD.subject, "", b"{}"),
    "no version": (GOOD.subject, _headers(aggregateversion=None), b"{}"),
    "no number": (GOOD.subject, _headers(aggregateversion="two"), b"{}"),
    "an absurd version": (GOOD.subject, _headers(aggregateversion="9" * 40), b"{}"),
    "no time": (GOOD.subject, _headers(time="yesterday"), b"{}"),
    "no type": (GOOD.subject, _headers(type="filon"), b"{}"),
    "another's type": (GOOD.subject, _headers(type="filon.CampaignResumed.v1"), b"{}"),
    "an absurd schema version": (GOOD.subject, _headers(type="filon.CampaignPaused.vx"), b"{}"),
    "a short subject": ("filon.acme", _headers(), b"{}"),
    "an unknown kind": ("filon.acme.c-1.planet.a.CampaignPaused", _headers(), b"{}"),
    "absurd numbers": (
        "filon.acme.c-1.activity.a.ActivityReported",
        _headers(type="filon.ActivityReported.v1"),
        b'{"code": "x", "status": "running", "params": {}, "n": ' + b"9" * 30 + b"}",
    ),
}


@pytest.mark.parametrize("kind", MALFORMED)
async def test_what_nobody_can_read_is_passed_over_and_named(
    log: Log, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    subject, headers, data = MALFORMED[kind]
    await log.append(event("a", 1), event("b", 1))
    await log.nc.ask(subject, data, headers)
    await log.append(event("b", 2, CampaignResumed()))
    assert [e.sequence for e in await read(log)] == [1, 2, 4]
    assert [e.sequence async for b in log.read(0, ["filon.>"], 4) for e in b.events] == [1, 2, 4]
    assert len(await log.load(originator("a"))) == 1
    assert len(await log.latest([originator("a"), originator("b")])) == 2
    assert log.quarantine.count == 1
    assert [(each.sequence, each.subject) for each in log.quarantine] == [(3, subject)]
    assert caplog.text.count("log.unreadable sequence=3") == 1
    assert SECRET not in caplog.text


async def test_a_header_that_is_no_text_blinds_nobody(log: Log) -> None:
    await log.append(event("a", 1))
    block = b"NATS/1.0\r\n" + _headers().encode() + b"x-name: \xff\xfe\r\n\r\n"
    line = f"HPUB {GOOD.subject} {len(block)} {len(block) + 2}\r\n".encode()
    await log.nc._send_command(line + block + b"{}\r\n")
    await log.nc.flush()
    await log.append(event("b", 1))
    assert [e.sequence for e in await read(log)] == [1, 2, 3]
    assert len(await log.load(originator("a"))) == 2


async def test_what_a_newer_filon_wrote_stops_only_who_needs_it_and_on_word_nobody(
    log: Log,
) -> None:
    await log.append(event("a", 1), event("b", 1))
    subject = "filon.acme.c-1.campaign.a.CampaignEnchanted"
    await log.nc.ask(subject, b"{}", _headers(type="filon.CampaignEnchanted.v1"))
    await log.append(event("b", 2))
    assert len(await log.load(originator("b"))) == 2
    for reading in (log.load(originator("a")), read(log)):
        with pytest.raises(UnknownFact):
            await reading
    await quarantine(log.nc, log.stream, 3)
    assert [e.sequence for e in await read(log)] == [1, 2, 4]
    assert [each.why for each in log.quarantine] == ["newer"]
    epoch = (await log.head()).epoch
    await quarantine(log.nc, log.stream, 3, back=True)
    with pytest.raises(UnknownFact):
        await read(log)
    assert (await log.head()).epoch == epoch


async def test_one_who_waits_at_a_newer_fact_goes_on_once_it_is_in_quarantine(log: Log) -> None:
    await log.append(event("a", 1))
    subject = "filon.acme.c-1.campaign.a.CampaignEnchanted"
    await log.nc.ask(subject, b"{}", _headers(type="filon.CampaignEnchanted.v1"))
    waiting = asyncio.create_task(_patiently(log))
    with pytest.raises(UnknownFact):
        await read(log)
    await quarantine(log.nc, log.stream, 2)
    assert await waiting == [1]


async def _patiently(log: Log) -> list[int]:
    while True:
        try:
            return [e.sequence for e in await read(log)]
        except UnknownFact:
            await asyncio.sleep(0.01)

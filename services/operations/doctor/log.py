"""What is wrong with a server or a stream that Filon is to trust its facts to."""

import json
from collections.abc import Iterator
from typing import Any

from services.log.errors import Missing
from services.log.jetstream.api import Answer, call
from services.log.jetstream.connection import UNREACHABLE, NatsConnection
from services.log.jetstream.stream import EPOCH, FLOOR
from services.operations.doctor.finding import Finding, Level

OLDEST = (2, 12)
"""The first server with atomic batches."""
_NEARLY_FULL = 0.8

EXPECTED: dict[str, object] = {
    "allow_atomic": True,
    "allow_direct": True,
    "allow_msg_ttl": True,
    "retention": "limits",
    "storage": "file",
    "discard": "new",
    "max_age": 0,
    "max_msgs": -1,
    "max_msgs_per_subject": -1,
}


async def examine(nc: NatsConnection, stream: str, varz: Answer | None = None) -> list[Finding]:
    """`varz` is what the server's monitoring port says of it (`/varz`), where it has one. Raises
    `Unavailable` when there is no server."""
    findings = list(_server(nc.server_version))
    findings += _durability(varz)
    try:
        info = await call(nc, f"STREAM.INFO.{stream}")
    except Missing:
        return [*findings, Finding("wrong", "operations.no-stream", {"stream": stream})]
    findings += _configuration(info["config"])
    findings += _replication(info["config"])
    findings += _room(info)
    findings.append(await _may_append(nc, info["config"]["subjects"][0]))
    return findings


def _server(version: str) -> Iterator[Finding]:
    major, minor = version.split(".")[:2]
    level: Level = "good" if (int(major), int(minor)) >= OLDEST else "wrong"
    yield Finding(level, "operations.version", {"version": version, "oldest": "2.12"})


def _durability(varz: Answer | None) -> Iterator[Finding]:
    if varz is None:
        yield Finding("warning", "operations.durability-unknown")
        return
    config: dict[str, Any] = varz.get("jetstream", {}).get("config", {})
    always = bool(config.get("sync_always"))
    if always:
        yield Finding("good", "operations.durable")
        return
    seconds = str(int(config.get("sync_interval", 0)) // 10**9)
    yield Finding("warning", "operations.durability", {"seconds": seconds})


def _configuration(config: Answer) -> Iterator[Finding]:
    for name, expected in EXPECTED.items():
        found = config.get(name, False)
        if found != expected:
            words = {"name": name, "found": json.dumps(found), "expected": json.dumps(expected)}
            yield Finding("wrong", "operations.configuration", words)
    metadata = config.get("metadata", {})
    for name in (EPOCH, FLOOR):
        if name not in metadata:
            yield Finding("wrong", "operations.no-metadata", {"name": name})
    if config.get("sources") or config.get("mirror"):
        yield Finding("wrong", "operations.other-writers")


def _replication(config: Answer) -> Iterator[Finding]:
    replicas = config["num_replicas"]
    level: Level = "good" if replicas % 2 else "warning"
    yield Finding(level, "operations.replicas", {"replicas": str(replicas)})


def _room(info: Answer) -> Iterator[Finding]:
    limit, used = info["config"]["max_bytes"], info["state"]["bytes"]
    if limit < 0:
        yield Finding("warning", "operations.no-limit")
        return
    level: Level = "good" if used < _NEARLY_FULL * limit else "warning"
    yield Finding(level, "operations.room", {"used": str(used), "limit": str(limit)})


async def _may_append(nc: NatsConnection, subjects: str) -> Finding:
    """Publishes with an expectation that no stream can meet: refused, so that nothing is stored,
    but answered, where we may publish and hear the answer."""
    subject = subjects.replace(">", "_._.doctor.probe.Probe")
    try:
        await nc.ask(subject, b"", f"Nats-Expected-Last-Sequence: {2**60}\r\n")
    except UNREACHABLE:
        return Finding("wrong", "operations.may-not-append", {"subject": subjects})
    return Finding("good", "operations.may-append", {"subject": subjects})

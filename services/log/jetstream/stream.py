"""The stream that the log is: how it is set up, and where it begins and ends."""

import asyncio
import re
import secrets
from collections.abc import Sequence
from typing import NamedTuple

from eventsourcing.persistence import ProgrammingError

from services.log.errors import LogFull, Missing, RequestRefused
from services.log.jetstream.api import Answer, call
from services.log.jetstream.connection import UNREACHABLE, NatsConnection
from services.log.jetstream.waiting import Waiting

_LARGEST_BYTES, _SMALLEST_BYTES = 2**40, 2**22
_WORTHWHILE_BYTES = 2**30
"""Bytes that a new stream tries to reserve; beside others on the server, not less than the last."""

EPOCH, FLOOR, QUARANTINE = "filon.epoch", "filon.floor", "filon.quarantine"
_NO_ROOM = "insufficient storage"
"""A cluster's words, behind those that no server is suitable."""
_AGAIN_S = 0.2
_NAME = re.compile(r"[^\s.*>/\\]{1,255}")


class InvalidStreamName(ProgrammingError):
    """A stream's name has no blank, no `.`, `*`, `>`, `/` or backslash."""


class Head(NamedTuple):
    """The log's extent: a cursor is good when its epoch is the same and floor ≤ sequence ≤ last."""

    epoch: str
    floor: int
    last: int


def new_epoch() -> str:
    return secrets.token_hex(8)


def configuration(name: str, subjects: Sequence[str], replicas: int = 1) -> Answer:
    """Atomic batches, direct reads, expiring narration; when full it refuses, and never forgets."""
    return {
        "name": name,
        "subjects": list(subjects),
        "retention": "limits",
        "storage": "file",
        "discard": "new",
        "num_replicas": replicas,
        "allow_direct": True,
        "allow_atomic": True,
        "allow_msg_ttl": True,
        "max_msg_size": 1024 * 1024,
        "metadata": {EPOCH: new_epoch(), FLOOR: "0"},
    }


async def ensure(nc: NatsConnection, name: str, subjects: Sequence[str], replicas: int = 1) -> None:
    """Creates the stream where there is none; an existing one is left as its operator set it.

    Waits for a server that answers nothing yet, as one that is just starting, or electing, does.
    Raises `InvalidStreamName`, which the server would leave unanswered.
    """
    if not _NAME.fullmatch(name):
        raise InvalidStreamName(f"{name!r}: {InvalidStreamName.__doc__}")
    waiting = Waiting(f"nats.waiting stream={name}")
    while True:
        try:
            await call(nc, f"STREAM.INFO.{name}")
            return
        except Missing:
            try:
                await _create_within_limits(nc, configuration(name, subjects, replicas))
            except (RequestRefused, *UNREACHABLE) as refusal:
                waiting.because(refusal)
        except (RequestRefused, *UNREACHABLE) as refusal:
            waiting.because(nc.trouble or refusal)
        await asyncio.sleep(_AGAIN_S)


async def start_epoch(nc: NatsConnection, name: str) -> str:
    """Every cursor that was handed out before stops being good; returns the new epoch's id."""
    config = (await call(nc, f"STREAM.INFO.{name}"))["config"]
    epoch = new_epoch()
    kept = {key: value for key, value in config.get("metadata", {}).items() if key[0] != "_"}
    config["metadata"] = {FLOOR: "0", **kept, EPOCH: epoch}
    await call(nc, f"STREAM.UPDATE.{name}", config)
    return epoch


async def quarantined(nc: NatsConnection, name: str) -> frozenset[int]:
    """Sequences that everybody passes over by explicit word, though a newer Filon may read them."""
    config = (await call(nc, f"STREAM.INFO.{name}"))["config"]
    kept = config.get("metadata", {}).get(QUARANTINE, "")
    return frozenset(int(sequence) for sequence in kept.split(",") if sequence)


async def quarantine(nc: NatsConnection, name: str, sequence: int, *, back: bool = False) -> None:
    """Puts a sequence into quarantine, or takes it out again."""
    config = (await call(nc, f"STREAM.INFO.{name}"))["config"]
    kept = set(await quarantined(nc, name)) - {sequence}
    if not back:
        kept.add(sequence)
    metadata = {key: value for key, value in config.get("metadata", {}).items() if key[0] != "_"}
    metadata[QUARANTINE] = ",".join(map(str, sorted(kept)))
    config["metadata"] = {key: value for key, value in metadata.items() if value}
    await call(nc, f"STREAM.UPDATE.{name}", config)


async def _create_within_limits(nc: NatsConnection, config: Answer) -> None:
    """Reserves the largest power of two that the server has room for: by default it offers three
    quarters of its disk. A stream that meets its own limit refuses an append whole; a server that
    meets its limit, or a full disk, was seen to acknowledge a batch that it stored in part.

    Raises `LogFull` where there is no room at all, and `RequestRefused` for any other reason, as
    where fewer servers are there than replicas are wanted."""
    reserved = (await call(nc, "INFO"))["reserved_storage"]
    size = _LARGEST_BYTES
    while size >= (_WORTHWHILE_BYTES if reserved else _SMALLEST_BYTES):
        if await _create(nc, {**config, "max_bytes": size}):
            return
        size //= 2
    if not await _create(nc, config):
        raise LogFull(LogFull.__doc__)


async def _create(nc: NatsConnection, config: Answer) -> bool:
    """Whether the stream is there now, perhaps by another process, with an epoch of its own; not
    where there is too little room."""
    try:
        await call(nc, f"STREAM.CREATE.{config['name']}", config)
    except (RequestRefused, LogFull) as refusal:
        answer = await nc.ask_json(f"$JS.API.STREAM.INFO.{config['name']}")
        if "error" not in answer:
            return True
        if isinstance(refusal, LogFull) or _NO_ROOM in str(refusal):
            return False
        raise
    return True


async def head(nc: NatsConnection, name: str) -> Head:
    info = await call(nc, f"STREAM.INFO.{name}")
    kept = info["config"].get("metadata", {})
    return Head(kept.get(EPOCH, ""), int(kept.get(FLOOR, "0")), info["state"]["last_seq"])

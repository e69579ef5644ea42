"""The stream that the log is: how it is set up, and where it begins and ends."""

import json
import secrets
from typing import NamedTuple

from nats.aio.client import Client

from events.subjects import ROOT
from services.log.api import STREAM_NOT_FOUND, Answer, call

EPOCH, FLOOR = "filon.epoch", "filon.floor"


class Head(NamedTuple):
    """The log's extent: a cursor is good when its epoch is the same and floor ≤ sequence ≤ last."""

    epoch: str
    floor: int
    last: int


def new_epoch() -> str:
    return secrets.token_hex(8)


def configuration(name: str, subjects: str, replicas: int = 1) -> Answer:
    """Atomic batches, direct reads, expiring narration; when full it refuses, never forgets."""
    return {
        "name": name,
        "subjects": [subjects],
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


async def ensure(nc: Client, name: str, subjects: str = f"{ROOT}.>") -> None:
    """Creates the stream where there is none; an existing one is left as its operator set it."""
    reply = await nc.request(f"$JS.API.STREAM.INFO.{name}", b"", timeout=5)
    error = json.loads(reply.data).get("error")
    if error is not None and error.get("err_code") == STREAM_NOT_FOUND:
        await call(nc, f"STREAM.CREATE.{name}", configuration(name, subjects))


async def head(nc: Client, name: str) -> Head:
    info = await call(nc, f"STREAM.INFO.{name}")
    kept = info["config"].get("metadata", {})
    return Head(kept.get(EPOCH, ""), int(kept.get(FLOOR, "0")), info["state"]["last_seq"])

"""The stream that the log is: how it is set up, and where it begins and ends."""

import asyncio
import secrets
from collections.abc import Sequence
from typing import NamedTuple

from services.log.api import Answer, call
from services.log.connection import UNREACHABLE, Connection
from services.log.errors import Missing, Refused

EPOCH, FLOOR = "filon.epoch", "filon.floor"


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


async def ensure(nc: Connection, name: str, subjects: Sequence[str], replicas: int = 1) -> None:
    """Creates the stream where there is none; an existing one is left as its operator set it.

    Waits for a server that answers nothing yet, as one that is just starting, or electing, does.
    """
    while True:
        try:
            await call(nc, f"STREAM.INFO.{name}")
            return
        except Missing:
            await _create(nc, configuration(name, subjects, replicas))
        except (Refused, *UNREACHABLE):
            await asyncio.sleep(0.2)


async def _create(nc: Connection, config: Answer) -> None:
    try:
        await call(nc, f"STREAM.CREATE.{config['name']}", config)
    except UNREACHABLE:
        return
    except Refused:
        # Another process may have created it in between, with an epoch of its own.
        await call(nc, f"STREAM.INFO.{config['name']}")


async def head(nc: Connection, name: str) -> Head:
    info = await call(nc, f"STREAM.INFO.{name}")
    kept = info["config"].get("metadata", {})
    return Head(kept.get(EPOCH, ""), int(kept.get(FLOOR, "0")), info["state"]["last_seq"])

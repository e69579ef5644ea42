"""Copying every stream of a server to a folder and back, by the server's own snapshots.

The folder holds `<stream>.snapshot` and `<stream>.json` (configuration, state, SHA-256 of the
snapshot) for each stream. The second is written last, and a file `complete` at the end: a
backup or a restore that was interrupted goes on with the streams that are not done. Source: NATS
ADR-12 (`STREAM.SNAPSHOT`, `.RESTORE`).
"""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from services.log.errors import RequestRefused
from services.log.jetstream.api import call
from services.log.jetstream.connection import NatsConnection
from services.log.jetstream.message import status_of
from services.log.jetstream.stream import EPOCH, new_epoch

_CHUNK = 128 * 1024
_COMPLETE = "complete"
"""A file that says that nothing is missing."""
_QUIET = 30.0
"""Seconds without a chunk after which a snapshot counts as lost."""


class Damaged(Exception):
    """The backup's bytes are not those that were written; it must not be restored."""


class Complete(Exception):
    """The folder holds a whole backup already; choose another folder for a new one."""


class NoBackup(Exception):
    """There is no backup in that folder."""


class Step(NamedTuple):
    """What became of one stream."""

    stream: str
    done: bool
    """False where an earlier call, or somebody else, had done it already."""


async def backup(nc: NatsConnection, folder: Path) -> AsyncIterator[Step]:
    """Yields each stream once it is saved. Raises `Complete`, `RequestRefused`, `Unavailable`."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    if (folder / _COMPLETE).exists():
        raise Complete(Complete.__doc__)
    saved = _manifests(folder)
    for name in await names(nc):
        if name not in saved:
            await _save(nc, name, folder)
        yield Step(name, name not in saved)
    (folder / _COMPLETE).touch()


async def restore(nc: NatsConnection, folder: Path) -> AsyncIterator[Step]:
    """Yields each stream once it is back; one that is there already is left alone. A log begins a
    new epoch: its clients must not go on from cursors of another history. Raises `NoBackup`, and
    `Damaged` before anything is touched."""
    kept = _manifests(folder)
    if not kept:
        raise NoBackup(NoBackup.__doc__)
    for name, manifest in kept.items():
        snapshot = folder / f"{name}.snapshot"
        if not snapshot.exists() or _digest(snapshot) != manifest["sha256"]:
            raise Damaged(name)
    there = await names(nc)
    for name, manifest in kept.items():
        if name not in there:
            await _bring_back(nc, name, manifest, folder / f"{name}.snapshot")
        yield Step(name, name not in there)


async def names(nc: NatsConnection) -> list[str]:
    """All streams of the account."""
    found: list[str] = []
    while True:
        page = await call(nc, "STREAM.NAMES", {"offset": len(found)})
        found += page.get("streams") or []
        if len(found) >= page["total"]:
            return found


async def _save(nc: NatsConnection, name: str, folder: Path) -> None:
    part = folder / f"{name}.snapshot"
    with part.open("wb") as file:
        answer = await _receive(nc, name, file)
    manifest = {key: answer[key] for key in ("config", "state")} | {"sha256": _digest(part)}
    unfinished = folder / f"{name}.json.part"
    unfinished.write_text(json.dumps(manifest, indent=2))
    unfinished.replace(folder / f"{name}.json")


async def _receive(nc: NatsConnection, name: str, file: IO[bytes]) -> dict[str, Any]:
    """Writes the chunks to `file`, asking for more as they are written; returns the answer."""
    chunks: asyncio.Queue[tuple[str, bytes, bytes]] = asyncio.Queue()

    def take(_: bytes, reply: bytes, headers: bytes, data: bytes) -> None:
        chunks.put_nowait((reply.decode(), headers, data))

    async with nc.tap(take) as inbox:
        ask = {"deliver_subject": inbox, "chunk_size": _CHUNK, "jsck": True}
        answer = await call(nc, f"STREAM.SNAPSHOT.{name}", ask)
        while True:
            async with asyncio.timeout(_QUIET):
                reply, headers, data = await chunks.get()
            if (status := status_of(headers)) and status != 204:
                raise RequestRefused(headers.decode())
            if not data:
                return answer
            await asyncio.to_thread(file.write, data)
            if reply:
                await nc.send(reply, b"")
                await nc.push()


async def _bring_back(nc: NatsConnection, name: str, manifest: dict[str, Any], path: Path) -> None:
    config = manifest["config"]
    if EPOCH in config.get("metadata", {}):
        config = config | {"metadata": config["metadata"] | {EPOCH: new_epoch()}}
    ask = {"config": config, "state": manifest["state"]}
    there = (await call(nc, f"STREAM.RESTORE.{name}", ask))["deliver_subject"]
    with path.open("rb") as file:
        while chunk := await asyncio.to_thread(file.read, _CHUNK):
            await nc.ask(there, chunk, within=_QUIET)
    answer = json.loads((await nc.ask(there, b"", within=_QUIET))[1])
    if "error" in answer:
        raise RequestRefused(f"{name}: {answer['error']}")


def _manifests(folder: Path) -> dict[str, dict[str, Any]]:
    """Of the streams that are saved whole; raises `Damaged`."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            found[path.stem] = json.loads(path.read_text())
        except ValueError as error:
            raise Damaged(path.stem) from error
        if not {"config", "state", "sha256"} <= found[path.stem].keys():
            raise Damaged(path.stem)
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""`filon doctor`, `filon log backup | restore | new-epoch`."""

import argparse
import asyncio
import json
import os
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from services.log.errors import LogFull, RequestRefused
from services.log.jetstream.api import Answer
from services.log.jetstream.connection import NOT_ANSWERED, NatsConnection
from services.log.jetstream.stream import start_epoch
from services.operations.backup import Complete, Damaged, NoBackup, backup, restore
from services.operations.log_doctor import examine
from services.wording import of_terminal, render

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_MARKS = {"good": "✓", "warning": "!", "wrong": "✗"}
_PATIENCE = 3.0


def register(commands: "Commands") -> None:
    """Adds the sub-commands; each sets `run`, which takes the arguments and returns the status."""
    doctor = commands.add_parser("doctor", help="check the server and the log, say what to change")
    doctor.add_argument("--stream", default="FILON")
    doctor.add_argument("--monitor", metavar="URL", help="the server's monitoring address")
    doctor.set_defaults(run=_check)
    log = commands.add_parser("log", help="save, restore, or begin a new epoch of the log")
    actions = log.add_subparsers(required=True, metavar="ACTION")
    for name, run, what in (
        ("backup", _backup, "copy every stream to a folder; go on where it was interrupted"),
        ("restore", _restore, "bring the streams of a folder back, with a new epoch"),
    ):
        action = actions.add_parser(name, help=what)
        action.add_argument("folder", type=Path)
        action.set_defaults(run=run)
    epoch = actions.add_parser("new-epoch", help="make cursors of another history invalid")
    epoch.add_argument("--stream", default="FILON")
    epoch.set_defaults(run=_new_epoch)


def _check(chosen: argparse.Namespace) -> int:
    return asyncio.run(_connected(_examine, chosen))


def _backup(chosen: argparse.Namespace) -> int:
    return asyncio.run(_connected(_save, chosen))


def _restore(chosen: argparse.Namespace) -> int:
    return asyncio.run(_connected(_bring_back, chosen))


def _new_epoch(chosen: argparse.Namespace) -> int:
    return asyncio.run(_connected(_begin, chosen))


async def _connected(run: Any, chosen: argparse.Namespace) -> int:
    url = os.environ.get("FILON_NATS_URL") or "nats://127.0.0.1:4222"
    nc = NatsConnection()
    try:
        async with asyncio.timeout(_PATIENCE):
            await nc.open(url, "filon-tools")
        status: int = await run(nc, chosen)
    except NOT_ANSWERED:
        _say("unreachable", url=url)
        return 1
    except (RequestRefused, LogFull) as error:
        _say("refused", why=str(error))
        return 1
    except OSError as error:
        _say("file", file=str(error.filename or url), why=error.strerror or str(error))
        return 1
    finally:
        await nc.close()
    return status


async def _examine(nc: NatsConnection, chosen: argparse.Namespace) -> int:
    try:
        varz = await asyncio.to_thread(_varz, chosen.monitor) if chosen.monitor else None
    except (OSError, ValueError):
        _say("no-monitor", url=chosen.monitor)
        return 1
    findings = await examine(nc, chosen.stream, varz)
    for finding in findings:
        print(_MARKS[finding.level], _words(finding.code, finding.params))
    return int(any(finding.level == "wrong" for finding in findings))


async def _save(nc: NatsConnection, chosen: argparse.Namespace) -> int:
    try:
        async for stream, done in backup(nc, chosen.folder):
            _say("saved" if done else "saved-before", stream=stream)
    except Complete:
        _say("complete", folder=str(chosen.folder))
        return 1
    except Damaged as damaged:
        _say("damaged", stream=str(damaged))
        return 1
    return 0


async def _bring_back(nc: NatsConnection, chosen: argparse.Namespace) -> int:
    """The status is 1 when nothing came back."""
    restored = False
    try:
        async for stream, done in restore(nc, chosen.folder):
            _say("restored" if done else "left-alone", stream=stream)
            restored |= done
    except NoBackup:
        _say("no-backup", folder=str(chosen.folder))
    except Damaged as damaged:
        _say("damaged", stream=str(damaged))
    return 0 if restored else 1


async def _begin(nc: NatsConnection, chosen: argparse.Namespace) -> int:
    _say("epoch", epoch=await start_epoch(nc, chosen.stream))
    return 0


def _varz(monitor: str) -> Answer:
    with urllib.request.urlopen(f"{monitor.rstrip('/')}/varz", timeout=_PATIENCE) as answer:
        found: Answer = json.load(answer)
        return found


def _say(code: str, **params: str) -> None:
    print(_words(code, params))


def _words(code: str, params: Mapping[str, str]) -> str:
    return render(f"operations.{code}", params, of_terminal(os.environ))

"""`filon doctor`: the settings, then the machine, then the log."""

import os
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from services.cli.nats import PATIENCE_S, connected
from services.cli.terminal import say, sentence, unusable

if TYPE_CHECKING:
    from services.log.jetstream.connection import NatsConnection
    from services.operations.doctor.finding import Finding

_MARKS = {"good": "✓", "warning": "!", "wrong": "✗"}


@click.command()
@click.option("--stream", default="FILON", show_default=True, help="The log's stream.")
@click.option("--monitor", metavar="URL", help="The NATS server's monitoring address.")
def doctor(stream: str, monitor: str | None) -> int:
    """Check the machine, the server and the log; say what to change."""
    if status := _settings():
        return status
    from services.edge.settings import EdgeSettings
    from services.operations.doctor import machine

    settings = EdgeSettings.load()
    status = _report(machine.examine(settings))
    # The machine comes first: a log can't be examined where nothing runs.
    if status or not machine.has_log(settings):
        return status
    return connected(partial(_examine, stream=stream, monitor=monitor))


def _settings() -> int:
    """Every one that is unusable, not only the first."""
    from services.operations.settings import everything
    from services.settings import UnusableSetting

    refusals: dict[str, None] = {}
    for branch in everything():
        try:
            branch.load()
        except UnusableSetting as refusal:
            refusals[unusable(refusal)] = None
    for said in refusals:
        print(_MARKS["wrong"], said)
    return os.EX_CONFIG if refusals else 0


def _report(findings: "Iterable[Finding]") -> int:
    """The exit status: 1 when one of them is wrong."""
    status = 0
    for finding in findings:
        print(_MARKS[finding.level], sentence(finding.code, **finding.params))
        status |= finding.level == "wrong"
    return int(status)


async def _examine(nc: "NatsConnection", stream: str, monitor: str | None) -> int:
    from services.operations.doctor.log import examine

    try:
        varz = await _varz(monitor) if monitor else None
    except (OSError, ValueError):
        say("operations.no-monitor", url=monitor)
        return 1
    return _report(await examine(nc, stream, varz))


async def _varz(monitor: str) -> Any:
    """What the server says of itself; raises `OSError` and `ValueError`."""
    import asyncio
    import json
    import urllib.request

    def asked() -> Any:
        url = f"{monitor.rstrip('/')}/varz"
        with urllib.request.urlopen(url, timeout=PATIENCE_S) as answer:
            return json.load(answer)

    return await asyncio.to_thread(asked)

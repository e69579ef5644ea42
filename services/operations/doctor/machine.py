"""What on this machine lets Filon run, and what keeps it from running."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from services.edge.settings import EdgeSettings
from services.operations.doctor.finding import Finding
from services.settings.nats import addresses, without_password
from services.supervisor import nats, ports
from services.supervisor.home import Home
from services.supervisor.ready import answers_200, is_filon
from services.supervisor.refusal import CannotStart

_PATIENCE_S = 3.0


def has_log(settings: EdgeSettings) -> bool:
    """Whether there is a server whose log can be examined."""
    return settings.nats_named or bool(Home(settings.home).living().get("nats"))


def examine(settings: EdgeSettings) -> Iterator[Finding]:
    """Look, and change nothing."""
    yield Finding("good", "operations.python", {"version": sys.version.split()[0]})
    yield from _servers(settings)
    yield _folder(settings.home)
    living = Home(settings.home).living()
    if not living.get("up"):
        yield from _not_supervised(settings.port)
        return
    for name, alive in living.items():
        yield _judged(alive, "supervisor.doctor-alive", "supervisor.doctor-dead", name=name)
    yield _pages(settings.port)


def _judged(well: bool, good: str, wrong: str, **params: object) -> Finding:
    return Finding("good", good, params) if well else Finding("wrong", wrong, params)


def _refused(refusal: CannotStart) -> Finding:
    return Finding("wrong", f"supervisor.{refusal.code}", refusal.params)


def _servers(settings: EdgeSettings) -> Iterator[Finding]:
    if not settings.nats_named:
        yield _binary()
        return
    found = {address: asyncio.run(_listens(address)) for address in addresses(settings.nats_url)}
    for address, reached in found.items():
        what = {"what": without_password(address)}
        if reached:
            yield Finding("good", "supervisor.doctor-reached", what)
        else:  # of a cluster, one is enough
            yield Finding(
                "warning" if any(found.values()) else "wrong", "supervisor.doctor-unreached", what
            )


def _binary() -> Finding:
    try:
        command = [nats.binary(), "--version"]
    except CannotStart as refusal:
        return _refused(refusal)
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    return Finding("good", "operations.server", {"version": found.stdout.split()[-1]})


async def _listens(address: str) -> bool:
    parts = urlsplit(address)
    try:
        async with asyncio.timeout(_PATIENCE_S):
            _, writer = await asyncio.open_connection(parts.hostname, parts.port or nats.USUAL_PORT)
    except OSError:
        return False
    writer.close()
    return True


def _folder(home: Path) -> Finding:
    """The nearest folder that exists decides: nothing is made."""
    nearest = next(path for path in (home, *home.parents) if path.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return Finding("good", "supervisor.doctor-home", {"home": home})
    return Finding("wrong", "supervisor.home-not-writable", {"home": home, "why": nearest})


def _not_supervised(port: int) -> Iterator[Finding]:
    """The port may be an edge's that runs by itself, as in a container."""
    if asyncio.run(is_filon(port)):
        yield Finding("good", "supervisor.doctor-own-port", {"port": port})
        yield _pages(port)
        return
    yield Finding("good", "supervisor.doctor-idle")
    try:
        ports.check_free(port)
    except CannotStart as refusal:
        yield _refused(refusal)
    else:
        yield Finding("good", "supervisor.doctor-port", {"port": port})


def _pages(port: int) -> Finding:
    url = f"http://localhost:{port}/readyz"
    well = asyncio.run(answers_200(port, "/readyz"))
    return _judged(well, "supervisor.doctor-reached", "supervisor.doctor-unreached", what=url)

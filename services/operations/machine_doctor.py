"""`filon doctor`: what on this machine lets Filon run, and what keeps it from running."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from services.supervisor import nats, ports
from services.supervisor.home import Home
from services.supervisor.ready import answers_200
from services.supervisor.refusal import CannotStart
from services.supervisor.settings import SupervisorSettings
from services.wording import Language, of_terminal, render

MachineCheck = tuple[bool, str]
"""Whether all is well, and the sentence that tells."""


def run() -> tuple[int, bool]:
    """Print what was found. The status is 1 when something keeps Filon from running; and whether
    there is a server whose log can be examined."""
    words = of_terminal(os.environ)
    try:
        findings = list(examine(SupervisorSettings.from_env(os.environ, agents=1), words))
    except CannotStart as refusal:
        findings = [(False, refusal.sentence(words))]
    for well, sentence in findings:
        print("✓" if well else "✗", sentence)
    well = all(well for well, _ in findings)
    return (0 if well else 1), _has_log()


def _has_log() -> bool:
    home = Home(Path(os.environ.get("FILON_HOME") or ".filon"))
    return bool(os.environ.get("FILON_NATS_URL") or home.living().get("nats"))


def examine(settings: SupervisorSettings, words: Language) -> Iterator[MachineCheck]:
    """Look, and change nothing."""
    yield True, f"Python {sys.version.split()[0]}"
    yield _server(settings, words)
    home = Home(settings.home)
    yield _folder(settings.home, words)
    living = home.living()
    if not living.get("up"):
        yield True, render("supervisor.doctor-idle", {}, words)
        yield _port(settings.port, words)
        return
    for name, alive in living.items():
        yield (
            alive,
            render(
                "supervisor.doctor-alive" if alive else "supervisor.doctor-dead",
                {"name": name},
                words,
            ),
        )
    yield _pages(settings.port, words)


def _server(settings: SupervisorSettings, words: Language) -> MachineCheck:
    if settings.nats_url:
        parts = urlsplit(settings.nats_url.split(",")[0])
        reached = asyncio.run(_listens(parts.hostname or "", parts.port or 4222))
        code = "supervisor.doctor-reached" if reached else "supervisor.doctor-unreached"
        return reached, render(code, {"what": f"{parts.hostname}:{parts.port or 4222}"}, words)
    try:
        version = subprocess.run(
            [nats.binary(), "--version"], capture_output=True, text=True, check=True
        )
    except CannotStart as refusal:
        return False, refusal.sentence(words)
    return True, version.stdout.strip()


async def _listens(host: str, port: int) -> bool:
    try:
        async with asyncio.timeout(3):
            _, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    writer.close()
    return True


def _folder(home: Path, words: Language) -> MachineCheck:
    """The nearest folder that exists decides: nothing is made."""
    nearest = next(path for path in (home, *home.parents) if path.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return True, render("supervisor.doctor-home", {"home": home}, words)
    return False, render("supervisor.home-not-writable", {"home": home, "why": nearest}, words)


def _port(port: int, words: Language) -> MachineCheck:
    try:
        ports.check_free(port)
    except CannotStart as refusal:
        return False, refusal.sentence(words)
    return True, render("supervisor.doctor-port", {"port": port}, words)


def _pages(port: int, words: Language) -> MachineCheck:
    url = f"http://localhost:{port}/readyz"
    well = asyncio.run(answers_200(port, "/readyz"))
    return well, render(
        "supervisor.doctor-reached" if well else "supervisor.doctor-unreached", {"what": url}, words
    )

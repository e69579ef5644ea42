"""`filon up`: which processes Filon is made of, on one machine."""

import asyncio
import os
import sys

from services.supervisor import nats, ports
from services.supervisor.child import Spec
from services.supervisor.console import Console
from services.supervisor.home import Home
from services.supervisor.ready import until_ready
from services.supervisor.refusal import CannotStart
from services.supervisor.settings import SupervisorSettings
from services.supervisor.supervise import supervise
from services.wording import of_terminal


def run(agents: int) -> int:
    """Run Filon until Ctrl-C; returns the exit status."""
    words = of_terminal(os.environ)
    try:
        settings = SupervisorSettings.from_env(os.environ, agents)
        _run(settings, Console(sys.stdout, words, os.environ))
    except CannotStart as refusal:
        print(refusal.sentence(words), file=sys.stderr)
        return 1
    return 0


def _run(settings: SupervisorSettings, console: Console) -> None:
    home = Home(settings.home)
    home.claim()
    try:
        ports.check_free(settings.port)
        console.say("starting", home=home.path)
        specs = _specs(settings, home, console)
        asyncio.run(supervise(specs, home, console, lambda: _announce(settings.port, console)))
    finally:
        home.release()


def _specs(settings: SupervisorSettings, home: Home, console: Console) -> list[Spec]:
    if settings.nats_url is not None:
        return processes(settings, settings.nats_url)
    port = ports.usual_or_free(nats.USUAL_PORT)
    url = f"nats://127.0.0.1:{port}"
    home.publish_nats(url)
    console.say("embedded", url=url)
    return [nats.embedded(home, port), *processes(settings, url)]


def processes(settings: SupervisorSettings, nats_url: str) -> list[Spec]:
    """Filon's own processes, each a sub-command of `filon`."""
    environment = {
        **os.environ,
        "FILON_HOME": str(settings.home),
        "FILON_NATS_URL": nats_url,
        "FILON_PORT": str(settings.port),
        "PYTHONUNBUFFERED": "1",
    }
    numbers = range(1, settings.agents + 1)
    return [
        Spec("projector", _filon("projector"), environment, stops=1),
        Spec("edge", _filon("edge"), environment, stops=0),
        *(
            Spec(f"agents-{number}", _filon("agents"), environment, stops=1, hurried=False)
            for number in numbers
        ),
    ]


def _filon(command: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "services.cli", command)


async def _announce(port: int, console: Console) -> None:
    await until_ready(port)
    console.say("ready", url=f"http://localhost:{port}")

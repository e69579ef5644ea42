"""`filon up`: which processes Filon is made of, on one machine."""

import asyncio
import os
import sys

from services.edge.settings import EdgeSettings
from services.supervisor import nats, ports
from services.supervisor.child import Spec
from services.supervisor.console import Console
from services.supervisor.home import Home
from services.supervisor.ready import until_ready
from services.supervisor.supervise import supervise
from services.wording import of_terminal


def run(agents: int) -> None:
    """Run Filon, with so many agent workers, until Ctrl-C. Raises `UnusableSetting` and
    `CannotStart`."""
    settings = EdgeSettings.load()
    console = Console(sys.stdout, of_terminal(os.environ), os.environ)
    home = Home(settings.home)
    home.claim()
    try:
        ports.check_free(settings.port)
        console.say("starting", home=home.path)
        specs = _specs(settings, agents, home, console)
        asyncio.run(supervise(specs, home, console, lambda: _announce(settings.port, console)))
    finally:
        home.release()


def _specs(settings: EdgeSettings, agents: int, home: Home, console: Console) -> list[Spec]:
    if settings.nats_named:
        return processes(settings, agents, settings.nats_url)
    port = ports.usual_or_free(nats.USUAL_PORT)
    url = f"nats://127.0.0.1:{port}"
    home.publish_nats(url)
    console.say("embedded", url=url)
    return [nats.embedded(home, port), *processes(settings, agents, url)]


def processes(settings: EdgeSettings, agents: int, nats_url: str) -> list[Spec]:
    """Filon's own processes, each a sub-command of `filon`."""
    environment = {
        **os.environ,
        "FILON_HOME": str(settings.home),
        "FILON_NATS_URL": nats_url,
        "PYTHONUNBUFFERED": "1",
    }
    return [
        Spec("projector", _filon("projector"), environment, stops=1),
        Spec("edge", _filon("edge"), environment, stops=0),
        *(
            Spec(f"agents-{number}", _filon("agents"), environment, stops=1, hurried=False)
            for number in range(1, agents + 1)
        ),
    ]


def _filon(command: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "services.cli", command)


async def _announce(port: int, console: Console) -> None:
    await until_ready(port)
    console.say("ready", url=f"http://localhost:{port}")

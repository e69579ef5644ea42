"""Run as a script: a supervisor of small stand-in processes, on the folder given."""

import asyncio
import os
import sys
from pathlib import Path

from services.supervisor.child import Spec
from services.supervisor.console import Console
from services.supervisor.home import Home
from services.supervisor.refusal import CannotStart
from services.supervisor.supervise import supervise

WORKER = "import time; print('at work', flush=True); time.sleep(600)"
PARENT = (
    "import subprocess, sys, time\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
    "print('grandchild', child.pid, flush=True)\n"
    "time.sleep(600)\n"
)
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "print('deaf', flush=True); time.sleep(600)"
)
PROGRAMS = {
    "worker": WORKER,
    "parent": PARENT,
    "stubborn": STUBBORN,
    "doomed": "raise SystemExit(3)",
    "misconfigured": "print('port?'); raise SystemExit(78)",
    "chatty": "print('a' * 300_000); print('é' * 3, flush=True); import time; time.sleep(600)",
}


async def _ready() -> None:
    """Stand-ins have no pages."""


def main(folder: Path, names: list[str]) -> None:
    home = Home(folder)
    home.claim()
    specs = [
        Spec(name, (sys.executable, "-c", PROGRAMS[name]), os.environ, grace=0.5, stops=turn)
        for turn, name in enumerate(names)
    ]
    try:
        asyncio.run(supervise(specs, home, Console(sys.stdout, "en", os.environ), _ready))
    except CannotStart as refusal:
        sys.exit(refusal.sentence("en"))
    finally:
        home.release()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

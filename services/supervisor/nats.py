"""The embedded nats-server: durable, on loopback, its store in FILON_HOME."""

import json
import os
import shutil
import sys
from pathlib import Path

from services.supervisor.child import Spec
from services.supervisor.home import Home
from services.supervisor.refusal import CannotStart

USUAL_PORT = 4222

CONFIGURATION = """\
# Written by `filon up` at each start.
server_name: filon
host: 127.0.0.1
port: {port}
jetstream {{
  store_dir: {store}
  # Acknowledged means on the disk: the default, two minutes, loses events on a power cut.
  sync_interval: always
}}
"""


def binary() -> str:
    """The nats-server installed beside this Python, else on the path; raises `CannotStart`."""
    beside = Path(sys.executable).with_name("nats-server")
    if beside.exists():
        return str(beside)
    if found := shutil.which("nats-server"):
        return found
    raise CannotStart("nats-missing")


def embedded(home: Home, port: int) -> Spec:
    """Write its configuration and say how to start it."""
    configuration = home.run / "nats.conf"
    store = json.dumps(str(home.path / "nats"))
    configuration.write_text(CONFIGURATION.format(port=port, store=store))
    return Spec(
        name="nats",
        command=(binary(), "--config", str(configuration)),
        environment=os.environ,
        stops=2,
    )

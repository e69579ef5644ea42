"""The whole of Filon, run as `make up` runs it, in a home of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

EMAIL = "ada@acme.example"
PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class Platform:
    """A running `filon up`."""

    url: str
    home: Path
    supervisor: int
    output: Path
    email: str = EMAIL
    password: str = PASSWORD

    @property
    def websocket_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/ws"

    @contextlib.contextmanager
    def sign_in(self) -> Iterator[httpx.Client]:
        """A client that holds the session cookie alone, as a browser does."""
        credentials = {"email": self.email, "password": self.password}
        with httpx.Client(base_url=self.url, headers={"Origin": self.url}, timeout=60) as client:
            answer = client.post("/api/auth/login", json=credentials)
            assert answer.status_code == 200, answer.text
            yield client

    def pid(self, process: str) -> int:
        return int((self.home / "run" / f"{process}.pid").read_text())

    def processes(self) -> list[str]:
        return sorted(p.stem for p in (self.home / "run").glob("*.pid") if p.stem != "up")

    def kill(self, process: str) -> None:
        """As power cuts and kernels do it: without a word."""
        os.kill(self.pid(process), signal.SIGKILL)

    def wait_until_ready(self, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/readyz").status_code == 200:
                    return
            time.sleep(0.1)
        raise TimeoutError(f"not ready after {seconds} s:\n{self.output.read_text()[-4000:]}")


@contextlib.contextmanager
def running(home: Path, **settings: str) -> Iterator[Platform]:
    port = free_port()
    url = f"http://localhost:{port}"
    environment = os.environ | {
        "FILON_HOME": str(home / "filon"),
        "FILON_PORT": str(port),
        "FILON_ORG": "acme",
        "FILON_ADMIN_EMAIL": EMAIL,
        "FILON_ADMIN_PASSWORD": PASSWORD,
        **settings,
    }
    output = home / "up.log"
    with output.open("wb") as log:
        up = subprocess.Popen(
            [sys.executable, "-m", "services.cli", "up"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    platform = Platform(url, home / "filon", up.pid, output)
    try:
        platform.wait_until_ready()
        yield platform
    finally:
        up.terminate()
        up.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

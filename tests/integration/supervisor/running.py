"""A supervisor in a process of its own, and what can be seen of it from outside."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

WITHIN = 150.0
"""Seconds, on a machine that is busy: no measure of the supervisor."""


def alive(pid: int) -> bool:
    """Whether the process runs; a zombie does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def eventually(what: Callable[[], object], within: float = WITHIN) -> None:
    """Wait until it holds; fails when it never does."""
    deadline = time.monotonic() + within
    while not what():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.02)


def environment(home: Path, **settings: str) -> dict[str, str]:
    """This machine's, with none of its own settings of Filon."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("FILON_")}
    return {**inherited, "FILON_HOME": str(home), "LC_ALL": "", "LANG": "C", **settings}


class Running:
    """A supervisor, its folder and what it printed."""

    def __init__(self, home: Path, command: list[str], log: Path, **settings: str) -> None:
        self.home = home
        self._log = log
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                command,
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env=environment(home, **settings),
            )

    @property
    def output(self) -> str:
        return self._log.read_text(errors="replace")

    def pid(self, name: str) -> int:
        """The pid that `run/<name>.pid` tells; 0 while there is none."""
        try:
            return int((self.home / "run" / f"{name}.pid").read_text())
        except FileNotFoundError:
            return 0

    def pids(self) -> dict[str, int]:
        return {path.stem: int(path.read_text()) for path in (self.home / "run").glob("*.pid")}

    def prints(self, text: str, times: int = 1) -> Self:
        eventually(lambda: self.output.count(text) >= times or self.process.poll() is not None)
        assert self.output.count(text) >= times, self.output
        return self

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def ended(self) -> int:
        return self.process.wait(WITHIN)

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(WITHIN)


Start = Callable[..., Running]

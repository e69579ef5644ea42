"""The process groups that live, told to a reaper that ends them should the supervisor be killed."""

import asyncio
import contextlib
import subprocess
import sys
from pathlib import Path

from services.supervisor.home import Home

REAPER = Path(__file__).with_name("reaper.py")


class Groups:
    """Keeps a reaper beside the supervisor; one that is killed is replaced."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._living: set[int] = set()
        self._reaper = self._start()

    def add(self, group: int) -> None:
        self._living.add(group)
        self._tell(f"+{group}\n")

    def remove(self, group: int) -> None:
        self._living.discard(group)
        self._tell(f"-{group}\n")

    async def watch(self) -> None:
        """Replace a reaper that was killed, until cancelled."""
        while True:
            await asyncio.sleep(1)
            if self._reaper.poll() is not None:
                self._reaper = self._start()

    def close(self) -> None:
        """Dismiss the reaper, which ends whatever should still live."""
        assert self._reaper.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._reaper.stdin.close()
        self._reaper.wait()

    def _start(self) -> subprocess.Popen[str]:
        reaper = subprocess.Popen(
            [sys.executable, "-I", "-S", str(REAPER)],
            stdin=subprocess.PIPE,
            text=True,
            bufsize=1,
            pass_fds=(self._home.lock,),
            start_new_session=True,
        )
        self._reaper = reaper
        for group in self._living:
            self._tell(f"+{group}\n")
        return reaper

    def _tell(self, line: str) -> None:
        """A dead reaper hears nothing now; its successor is told everything."""
        assert self._reaper.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._reaper.stdin.write(line)
            self._reaper.stdin.flush()

"""FILON_HOME: one `filon up` holds it at a time, and its processes' pids are written there."""

import fcntl
import os
import time
from pathlib import Path

from services.supervisor.refusal import CannotStart

PATIENCE = 1.5
"""Seconds to wait for the lock: after a supervisor was killed, its processes are being ended."""


class Home:
    """The folder, held from `claim` until this process and its reaper are gone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run = path / "run"
        self._lock = -1

    @property
    def lock(self) -> int:
        """The descriptor that holds the folder for as long as any process has it open."""
        return self._lock

    def claim(self) -> None:
        """Raises `CannotStart` when it can't be written or somebody else holds it."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.run.mkdir(mode=0o700, exist_ok=True)
            self._lock = os.open(self.run / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise CannotStart("home-not-writable", home=self.path, why=error.strerror) from error
        self._hold()
        self.forget_all()
        self.note("up", os.getpid())

    def _hold(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    raise CannotStart("home-held", home=self.path, pid=self._holder()) from error
                time.sleep(0.05)

    def _holder(self) -> str:
        try:
            return (self.run / "up.pid").read_text().strip()
        except OSError:
            return "?"

    def note(self, name: str, pid: int) -> None:
        """Write `run/<name>.pid` whole: a reader never sees half a number."""
        draft = self.run / f"{name}.pid.new"
        draft.write_text(f"{pid}\n")
        draft.replace(self.run / f"{name}.pid")

    def forget(self, name: str) -> None:
        (self.run / f"{name}.pid").unlink(missing_ok=True)

    def forget_all(self) -> None:
        for stale in self.run.glob("*.pid"):
            stale.unlink(missing_ok=True)

    def living(self) -> dict[str, bool]:
        """Each process that has a pid file, and whether it runs."""
        pids = {path.stem: int(path.read_text()) for path in sorted(self.run.glob("*.pid"))}
        return {name: _runs(pid) for name, pid in pids.items()}

    def publish_nats(self, url: str) -> None:
        """Let other commands of this folder find the embedded server."""
        (self.run / "nats.url").write_text(f"{url}\n")

    def release(self) -> None:
        (self.run / "nats.url").unlink(missing_ok=True)
        self.forget_all()
        os.close(self._lock)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True

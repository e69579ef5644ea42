"""One process, started, watched, started again when it dies, and stopped."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from services.supervisor.console import Console, relay
from services.supervisor.groups import Groups
from services.supervisor.home import Home
from services.supervisor.refusal import CannotStart

DIE_WITH_PARENT = Path(__file__).with_name("die_with_parent.py")
SETTLED_AFTER = 5.0
"""Seconds: a process that lived longer has recovered from what killed it before."""
FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0
"""Seconds between deaths and starts."""
LAST_WORDS = 1.0
"""Seconds for the output of a process that ended; one that left its session may hold it open."""


@dataclass(frozen=True)
class Spec:
    """What to start, and how long it may take to stop."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    grace: float = 8.0
    """Seconds between SIGTERM and SIGKILL."""
    stops: int = 0
    """Lower stops earlier; equals stop together."""
    hurried: bool = True
    """False: it starts once the pages answer, to leave them the processor."""


def restart_delay(early_deaths: int) -> float:
    """Seconds before the next start: at once the first time, then doubling, at most 30."""
    if early_deaths <= 1:
        return 0.0
    return min(FIRST_DELAY * 2.0 ** (early_deaths - 2), LONGEST_DELAY)


class Child:
    """Keeps `spec` running; `groups` is told of each process group, so that none outlives us."""

    def __init__(self, spec: Spec, home: Home, console: Console, groups: Groups) -> None:
        self.spec = spec
        self._home = home
        self._console = console
        self._groups = groups
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = asyncio.Event()

    async def keep(self) -> None:
        """Run it until `stop`. Raises `CannotStart` when it says that its settings are wrong."""
        try:
            await self._keep()
        finally:
            self._home.forget(self.spec.name)

    async def _keep(self) -> None:
        early_deaths = 0
        while not self._stopping.is_set():
            started = time.monotonic()
            status = await self._run_once()
            if self._stopping.is_set():
                return
            if status == os.EX_CONFIG:
                raise CannotStart("wrong-settings", name=self.spec.name)
            settled = time.monotonic() - started > SETTLED_AFTER
            early_deaths = 1 if settled else early_deaths + 1
            await self._wait(status, restart_delay(early_deaths))

    async def stop(self) -> None:
        """SIGTERM, and SIGKILL after the grace; returns once it is gone."""
        self._stopping.set()
        if (process := self._process) is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), self.spec.grace)
        _end_group(process.pid)
        await process.wait()

    def kill(self) -> None:
        """At once, with every process that it started itself."""
        self._stopping.set()
        if self._process is not None:
            _end_group(self._process.pid)

    async def _run_once(self) -> int:
        """Start it, print what it writes, and return how it ended (negative: a signal)."""
        self._process, output = await _start(self.spec)
        pid = self._process.pid
        self._groups.add(pid)
        self._home.note(self.spec.name, pid)
        printing = asyncio.create_task(relay(self.spec.name, output, self._console))
        if self._stopping.is_set():  # asked for while it was starting
            self.kill()
        status = await self._process.wait()
        self._process = None
        # What it started itself may hold its output and its ports open: that ends with it.
        _end_group(pid)
        self._groups.remove(pid)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(printing, LAST_WORDS)
        return status

    async def _wait(self, status: int, seconds: float) -> None:
        if seconds:  # else its pid stays to be read until the next one takes its place
            self._home.forget(self.spec.name)
        how = ("signal", -status) if status < 0 else ("status", status)
        self._console.say(
            "died",
            name=self.spec.name,
            how=self._console.phrase(how[0], number=how[1]),
            when=self._console.phrase("later" if seconds else "now", seconds=seconds),
        )
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)


async def _start(spec: Spec) -> tuple[asyncio.subprocess.Process, asyncio.StreamReader]:
    # A pipe of our own: with asyncio's, `wait` also waits for whoever inherited the pipe.
    reading, writing = os.pipe()
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", str(DIE_WITH_PARENT), str(os.getpid()), *spec.command),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=writing,
            stderr=writing,
            env=spec.environment,
            start_new_session=True,
        )
    finally:
        os.close(writing)
    output = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(output), os.fdopen(reading, "rb")
    )
    return process, output


def _end_group(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)

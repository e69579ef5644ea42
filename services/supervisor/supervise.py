"""Keep several processes running until Ctrl-C or SIGTERM, then stop them in order."""

import asyncio
import signal
from collections.abc import Callable, Coroutine, Sequence
from itertools import groupby

from services.supervisor.child import Child, Spec
from services.supervisor.console import Console
from services.supervisor.groups import Groups
from services.supervisor.home import Home

UNHURRIED = 3.0
"""Seconds after which the unhurried processes start even so."""

Ready = Callable[[], Coroutine[None, None, None]]
"""Returns once the pages answer."""


async def supervise(specs: Sequence[Spec], home: Home, console: Console, ready: Ready) -> None:
    """Raises `CannotStart` when one of them says that its settings are wrong."""
    groups = Groups(home)
    children = [Child(spec, home, console, groups) for spec in specs]
    stop = _on_signals(console, children)
    waiting = asyncio.create_task(ready())
    keeping = [asyncio.create_task(_keep(child, waiting)) for child in children]
    aside = [waiting, asyncio.create_task(groups.watch())]
    ending = asyncio.create_task(stop.wait())
    await asyncio.wait([*keeping, ending], return_when=asyncio.FIRST_COMPLETED)
    await _stop(children)
    for task in (*aside, ending):
        task.cancel()
    outcomes = await asyncio.gather(*keeping, return_exceptions=True)
    groups.close()
    console.say("stopped")
    if refusals := [outcome for outcome in outcomes if isinstance(outcome, BaseException)]:
        raise refusals[0]


async def _keep(child: Child, ready: asyncio.Task[None]) -> None:
    if not child.spec.hurried:
        await asyncio.wait([ready], timeout=UNHURRIED)
    await child.keep()


async def _stop(children: Sequence[Child]) -> None:
    def turn(child: Child) -> int:
        return child.spec.stops

    for _, together in groupby(sorted(children, key=turn), key=turn):
        await asyncio.gather(*(child.stop() for child in together))


def _on_signals(console: Console, children: Sequence[Child]) -> asyncio.Event:
    """The first Ctrl-C or SIGTERM asks for an orderly stop, the second ends everything at once."""
    stop = asyncio.Event()

    def asked() -> None:
        if stop.is_set():
            for child in children:
                child.kill()
        else:
            console.say("stopping")
            stop.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, asked)
    return stop

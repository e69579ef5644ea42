"""How threads that wait reach the log, which is asynchronous.

Two ways: on a thread with a connection of its own (`OwnThread`, for analysts and synchronous
services), or on the event loop of a program that has a log already (`OnLoop`, for the edge).
"""

import asyncio
import os
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeVar
from weakref import WeakSet

from eventsourcing.persistence import ProgrammingError

from services.log.errors import Unavailable
from services.log.log import Log

T = TypeVar("T")
Ask = Callable[[Log], Coroutine[Any, Any, T]]
"""What is asked of the log."""

PATIENCE_S = 10.0
"""Seconds within which the server must answer the first time."""


class WrongThread(ProgrammingError):
    """On the event loop's own thread nothing may wait for it; await `services.log.Log` there."""


class Closed(ProgrammingError):
    """This application is closed; open another one."""


class Bridge(ABC):
    """Asks the log on an event loop, for threads that wait for the answer."""

    @abstractmethod
    def begin(self, ask: Ask[T]) -> "Future[T]":
        """What will hold the answer; cancelling that cancels the question."""

    def run(self, ask: Ask[T]) -> T:
        """The answer; raises what the question raises, `WrongThread` and `Closed`."""
        return self.begin(ask).result()

    @abstractmethod
    def close(self) -> None:
        """What is under way is cancelled; never waits on the loop's own thread."""


class OnLoop(Bridge):
    """On the running loop of a program that keeps its log itself."""

    def __init__(self, log: Log, loop: asyncio.AbstractEventLoop) -> None:
        self._log, self._loop = log, loop

    def begin(self, ask: Ask[T]) -> "Future[T]":
        return _begin(ask, self._log, self._loop)

    def close(self) -> None:
        """The log is its owner's to close."""


class OwnThread(Bridge):
    """A thread with a loop and a connection, begun at the first question, and anew in a child that
    the process forks: neither a thread nor a connection is of use there."""

    def __init__(self, url: str) -> None:
        """`url` may name several servers, with commas between them."""
        self._url = url
        self._closed = False
        self._lock = threading.RLock()
        self._begun: _Begun | None = None
        _OPEN.add(self)

    def begin(self, ask: Ask[T]) -> "Future[T]":
        """Raises `Closed`, and `Unavailable` where no server answers in time."""
        with self._lock:
            if self._closed:
                raise Closed(Closed.__doc__)
            if self._begun is None:
                self._begun = _begin_thread(self._url)
            begun = self._begun
        return _begin(partial(begun.answer, ask), begun.log, begun.loop)

    def close(self) -> None:
        if sys.is_finalizing():  # no other thread runs any more: it would never answer
            return
        with self._lock:
            self._closed = True
            begun, self._begun = self._begun, None
        if begun is None:
            return
        ended = asyncio.run_coroutine_threadsafe(begun.end(), begun.loop)
        ended.add_done_callback(lambda _: begun.loop.call_soon_threadsafe(begun.loop.stop))
        if not _is_own(begun.loop):
            ended.result()

    def forget(self) -> None:
        """In a child: what the parent began, and a lock that another of its threads may hold."""
        self._lock = threading.RLock()
        self._begun = None


_OPEN: "WeakSet[OwnThread]" = WeakSet()


def _forget_all() -> None:
    for bridge in list(_OPEN):
        bridge.forget()


os.register_at_fork(after_in_child=_forget_all)


class _Begun:
    """A log on a loop of its own, and who waits for answers."""

    def __init__(self, log: Log, loop: asyncio.AbstractEventLoop) -> None:
        self.log, self.loop = log, loop
        self._under_way: set[asyncio.Task[Any]] = set()

    async def answer(self, ask: Ask[T], log: Log) -> T:
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        try:
            return await ask(log)
        finally:
            self._under_way.discard(task)

    async def end(self) -> None:
        """What is under way first, so that nobody waits for an answer that never comes."""
        waiting = list(self._under_way)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await self.log.close()


def _begin(ask: Ask[T], log: Log, loop: asyncio.AbstractEventLoop) -> "Future[T]":
    if _is_own(loop):
        raise WrongThread(WrongThread.__doc__)
    return asyncio.run_coroutine_threadsafe(ask(log), loop)


def _is_own(loop: asyncio.AbstractEventLoop) -> bool:
    """Whether this very thread runs it."""
    try:
        return asyncio.get_running_loop() is loop
    except RuntimeError:
        return False


def _begin_thread(url: str) -> _Begun:
    """Raises `Unavailable` where no server answers in time."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=_run, args=(loop,), name="filon-log", daemon=True).start()
    connecting = asyncio.run_coroutine_threadsafe(_connect(url), loop)
    try:
        return _Begun(connecting.result(), loop)
    except BaseException:
        connecting.cancel()
        loop.call_soon_threadsafe(loop.stop)
        raise


def _run(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
    finally:
        loop.close()


async def _connect(url: str) -> Log:
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await Log.connect(url, name="filon-history")
    except TimeoutError as absent:
        raise Unavailable(f"{Unavailable.__doc__} ({url})") from absent

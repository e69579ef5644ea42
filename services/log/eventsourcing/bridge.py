"""One thread with an event loop, on which everything synchronous reaches the asynchronous log."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


class Bridge:
    """Runs coroutines for threads that wait for them."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="log", daemon=True).start()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Its result, once it has one; raises what it raises."""
        return self.begin(coroutine).result()

    def begin(self, coroutine: Coroutine[Any, Any, T]) -> "Future[T]":
        """What will hold its result; cancelling that cancels it."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)


@cache
def bridge() -> Bridge:
    """The one of this process."""
    return Bridge()

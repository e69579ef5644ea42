"""A slow projector and a slow log, in every process that `make test-slow` starts.

Python imports a module of this name at its start, from `PYTHONPATH`; so processes that the tests
start themselves are slow as well, and the product has no switch for it. What is read right after
it was written, and what trusts that a second is long, fails then.
"""

import asyncio
import os
import random
import sys
import time
from collections.abc import Callable
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

SEED = int(os.environ.get("FILON_TESTS_SEED", "1"))
PROJECTOR_S = float(os.environ.get("FILON_TESTS_SLOW_PROJECTOR", "0"))
"""Before each commit of the read models."""
APPEND_S = float(os.environ.get("FILON_TESTS_SLOW_LOG", "0"))
"""Before each append, at most; each takes a random part of it."""

_random = random.Random(SEED)


def _slow_projector(projector: Any) -> None:
    advance = projector.advance

    def slowly(*args: Any, **kwargs: Any) -> Any:
        time.sleep(PROJECTOR_S)
        return advance(*args, **kwargs)

    projector.advance = slowly


def _slow_append(append: Any) -> None:
    send = append.send

    async def slowly(*args: Any, **kwargs: Any) -> Any:
        await asyncio.sleep(_random.uniform(0, APPEND_S))
        return await send(*args, **kwargs)

    append.send = slowly


SLOWED: dict[str, Callable[[Any], None]] = {}
if PROJECTOR_S:
    SLOWED["projections.projector"] = _slow_projector
if APPEND_S:
    SLOWED["services.log.jetstream.append"] = _slow_append


class _Slowed(Loader):
    """Loads a module, then slows it."""

    def __init__(self, loader: Any, slow: Callable[[Any], None]) -> None:
        self._loader, self._slow = loader, slow

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        created: ModuleType | None = self._loader.create_module(spec)
        return created

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        self._slow(module)


class _Finder(MetaPathFinder):
    """Finds the modules that are to be slow, before anybody else does."""

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if fullname not in SLOWED:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None:
            spec.loader = _Slowed(spec.loader, SLOWED[fullname])
        return spec


sys.meta_path.insert(0, _Finder())

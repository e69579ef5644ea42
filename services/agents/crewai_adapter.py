"""CrewAI, imported here only: silent, without its reports home, and without files of its own.

CrewAI reads its switches when it is imported, and makes a key file under the home directory then;
so both are set up here, before the one import of it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import PrivateAttr

from services.settings import HomeSettings

STORAGE = HomeSettings.load().home / "crewai"

os.environ.update(
    CREWAI_DISABLE_TELEMETRY="true",
    CREWAI_DISABLE_TRACKING="true",
    CREWAI_TRACING_ENABLED="false",
    CREWAI_DISABLE_VERSION_CHECK="1",
    CREWAI_STORAGE_DIR=str(STORAGE),
)


@contextmanager
def _home_elsewhere() -> Iterator[None]:
    """What is written under the home directory during an import goes to our storage."""
    home = os.environ.get("HOME")
    os.environ["HOME"] = str(STORAGE)
    try:
        yield
    finally:
        if home is None:
            del os.environ["HOME"]
        else:
            os.environ["HOME"] = home


with _home_elsewhere():
    import crewai
    from crewai import LLM, Agent, BaseLLM, Task
    from crewai.hooks import HookAborted, LLMCallHookContext, register_before_llm_call_hook
    from crewai.llms import retry
    from crewai.utilities.task_output_storage_handler import TaskOutputStorageHandler

__all__ = [
    "LLM",
    "Agent",
    "BaseLLM",
    "Crew",
    "HookAborted",
    "LLMCallHookContext",
    "Task",
    "asked_once",
    "register_before_llm_call_hook",
]


@contextmanager
def asked_once() -> Iterator[None]:
    """CrewAI asks three times where a provider answers 429, also where it says when to come back;
    we know how to wait. It has no setting for it: this is what it sets while it retries itself."""
    token = retry._active_llm_rate_limit_retry.set(True)  # see above
    try:
        yield
    finally:
        retry._active_llm_rate_limit_retry.reset(token)  # see above


class _NoStore(TaskOutputStorageHandler):
    """Keeps nothing. CrewAI writes every answer to a database of its own, where an erasure would
    not find the personal data that answers hold."""

    def __init__(self) -> None:
        """Opens no database."""

    def update(self, task_index: int, log: dict[str, Any]) -> None:
        """The log of facts is the memory."""

    def reset(self) -> None:
        """There is nothing to forget."""


class Crew(crewai.Crew):
    """A crew that leaves nothing behind on this machine."""

    _task_output_handler: TaskOutputStorageHandler = PrivateAttr(default_factory=_NoStore)

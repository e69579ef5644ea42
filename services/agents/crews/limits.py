"""How many calls one run may make: CrewAI's own bounds hold for a step each, not for a run."""

from collections.abc import Iterator
from contextlib import contextmanager

from services.agents.crewai_adapter import (
    BaseLLM,
    HookAborted,
    LLMCallHookContext,
    register_before_llm_call_hook,
)

_left: dict[int, int] = {}
"""Calls that each model under way may still make, by its identity; a model is one run's."""


@contextmanager
def at_most(calls: int, model: BaseLLM) -> Iterator[None]:
    """Ends a run that asks for more, before the call."""
    _left[id(model)] = calls
    try:
        yield
    finally:
        del _left[id(model)]


def _count(context: LLMCallHookContext) -> None:
    left = _left.get(id(context.llm))
    if left is None:
        return
    if left == 0:
        raise HookAborted("the run has made all its calls")
    _left[id(context.llm)] = left - 1


register_before_llm_call_hook(_count)

"""One run of a crew: an agent, a tool, a typed answer, and what it cost."""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from services.agents.crewai_adapter import Agent, BaseLLM, BaseTool, Crew, Task
from services.agents.models.chosen import Models

_log = logging.getLogger(__name__)

A = TypeVar("A", bound=BaseModel)

MOST_CALLS = 8
"""Model calls in one attempt at an answer."""
CORRECTIONS = 2
"""How often the guardrail sends an answer back before the run has failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Generic[A]):
    """What a crew is asked: to read `document` through the tool, and to answer in a given shape."""

    role: str
    goal: str
    task: str
    tool: str
    tool_says: str
    document: str
    answer: type[A]
    objections: Callable[[A], list[str]]
    """What is wrong with an answer; the model is told, and tries again."""

    def digest(self, model: str) -> str:
        """SHA-256 of what the model is asked."""
        asked = "\x1f".join((model, self.role, self.goal, self.task, self.document))
        return hashlib.sha256(asked.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Usage:
    """What a run took from the model."""

    model: str
    digest: str
    prompt_tokens: int
    completion_tokens: int
    cost: float
    """Euros; 0 where the price is not known."""


class ModelFailed(Exception):
    """The model gave no answer that stands; `reason` is a code (`reason.…` in the wording)."""

    def __init__(self, reason: str, usage: Usage) -> None:
        super().__init__(reason)
        self.reason = reason
        self.usage = usage


class _NoArguments(BaseModel):
    """The tool is asked for the one thing that it has."""


class _ReadTool(BaseTool):
    """Gives the document, whatever the model says to it."""

    args_schema: type[BaseModel] = _NoArguments
    document: str

    def _run(self) -> str:
        return self.document


async def run(job: Job[A], models: Models) -> tuple[A, Usage]:
    """The crew's answer, which the guardrail let pass; raises `ModelFailed`."""
    model = models.fresh()
    try:
        async with asyncio.timeout(models.timeout):
            output: Any = await _crew(job, model).akickoff()
        return job.answer.model_validate_json(output.raw), _usage(job, models, model)
    except Exception as error:  # CrewAI raises bare `Exception`, providers their own
        reason = _reason(error)
        _log.warning("model.failed reason=%s error=%s", reason, type(error).__name__)
        raise ModelFailed(reason, _usage(job, models, model)) from error


def _crew(job: Job[A], model: BaseLLM) -> Crew:
    tool = _ReadTool(name=job.tool, description=job.tool_says, document=job.document)
    agent = Agent(
        role=job.role,
        goal=job.goal,
        backstory="You state only what the document says, and quote it word for word.",
        llm=model,
        tools=[tool],
        max_iter=MOST_CALLS,
        max_retry_limit=0,
        cache=False,
        allow_delegation=False,
        verbose=False,
    )
    task = Task(
        description=job.task,
        expected_output="JSON in the given shape",
        agent=agent,
        output_pydantic=job.answer,
        guardrail=_guardrail(job),
        guardrail_max_retries=CORRECTIONS,
    )
    return Crew(agents=[agent], tasks=[task], cache=False, verbose=False, tracing=False)


def _guardrail(job: Job[A]) -> Callable[[Any], Any]:
    def check(output):  # type: ignore[no-untyped-def]  # CrewAI reads the annotations, and knows few
        try:
            answer = job.answer.model_validate_json(_bare(output.raw))
        except ValidationError as error:
            return False, f"not the JSON asked for: {error.errors(include_input=False)[:5]}"
        if said := job.objections(answer):
            return False, "; ".join(said[:10])
        return True, answer.model_dump_json()

    return check


def _bare(text: str) -> str:
    """Models like to wrap JSON in a code block."""
    return text.strip().removeprefix("```json").removeprefix("```").removesuffix("```").strip()


def _usage(job: Job[A], models: Models, model: BaseLLM) -> Usage:
    spent = model.get_token_usage_summary()
    tokens = spent.prompt_tokens, spent.completion_tokens
    cost = models.price.of(*tokens) if models.price else 0.0
    return Usage(models.name, job.digest(models.name), *tokens, cost)


def _reason(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ConnectionError) or "Connection" in type(error).__name__:
        return "unreachable"
    return "refused-answer" if "guardrail" in str(error) else "error"

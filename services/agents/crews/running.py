"""One run of a crew: an agent, a text, its proved facts, and what it cost."""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.agents.crewai_adapter import Agent, BaseLLM, Crew, Task, asked_once
from services.agents.crews.guardrail import Judgement, QuotedFact, judge
from services.agents.crews.limits import at_most
from services.agents.models.chosen import Models
from services.agents.models.faults import Fault, fault_of

_log = logging.getLogger(__name__)

MOST_CALLS = 3
"""Model calls in one run, whatever the model says."""
CORRECTIONS = 1
"""How often the guardrail sends an answer back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a crew is asked: what `document`, which stands in the task, says."""

    role: str
    goal: str
    task: str
    document: str

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
    """No answer that stands; `fault` says whose fault it is."""

    def __init__(self, fault: Fault, usage: Usage) -> None:
        super().__init__(fault)
        self.fault = fault
        self.usage = usage

    @property
    def reason(self) -> str:
        """A code: `reason.…` in the wording."""
        return self.fault.answer or self.fault.passing or "error"


async def run(job: Job, models: Models) -> tuple[list[QuotedFact], Usage]:
    """What the document says, proved; raises `ModelFailed`."""
    model, answers = models.fresh(), _Answers(job)
    try:
        async with asyncio.timeout(models.timeout):
            with at_most(MOST_CALLS, model), asked_once():
                await _crew(job, model, answers.check).akickoff()
    except Exception as error:  # CrewAI raises bare `Exception`, providers their own
        fault = fault_of(error)
        _log.warning(
            "model.failed error=%s fault=%s", type(error).__name__, fault._replace(said="")
        )
        raise ModelFailed(fault, _usage(job, models, model)) from error
    return answers.facts, _usage(job, models, model)


class _Answers:
    """Sends an answer back once; of the second, what is proved stands, and the rest is dropped."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._corrections = 0
        self.facts: list[QuotedFact] = []

    def check(self, output):  # type: ignore[no-untyped-def]  # CrewAI reads the annotations, and knows few
        judgement: Judgement = judge(output.raw, self._job.document)
        last = self._corrections == CORRECTIONS
        if judgement.objections and not (last and judgement.facts):
            self._corrections += 1
            return False, "; ".join(judgement.objections[:10])
        self.facts = judgement.facts
        return True, "{}"  # CrewAI keeps nothing of what was said


def _crew(job: Job, model: BaseLLM, check: Callable[[Any], Any]) -> Crew:
    agent = Agent(
        role=job.role,
        goal=job.goal,
        backstory="You state only what the document says, and quote it word for word.",
        llm=model,
        max_iter=1,
        max_retry_limit=0,
        cache=False,
        allow_delegation=False,
        verbose=False,
    )
    task = Task(
        description=job.task,
        expected_output="JSON in the given shape",
        agent=agent,
        guardrail=check,
        guardrail_max_retries=CORRECTIONS,
    )
    return Crew(agents=[agent], tasks=[task], cache=False, verbose=False, tracing=False)


def _usage(job: Job, models: Models, model: BaseLLM) -> Usage:
    spent = model.get_token_usage_summary()
    tokens = spent.prompt_tokens, spent.completion_tokens
    cost = models.price.of(*tokens) if models.price else 0.0
    return Usage(models.name, job.digest(models.name), *tokens, cost)

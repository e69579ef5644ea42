"""What the tests of the workers play on: a log, campaigns, and workers, here or in a process."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from events.agent import ActivityReported
from events.campaign import Budget, CampaignImported, Source
from events.company import Company, Contact
from events.fact import Event, Fact
from events.subjects import campaign_address, everything
from events.targeting import Targeting
from services.agents.broker import Broker
from services.agents.crewai_adapter import BaseLLM
from services.agents.models.chosen import ChosenModel, Models
from services.agents.models.offline import assess, document_asked
from services.agents.models.settings import ModelSettings, Price
from services.agents.settings import WorkSettings
from services.agents.sources import ImportedLists, Sources
from services.agents.workers import application
from services.log import Log
from services.prospecting.commands import CreateCampaign
from services.prospecting.context import Changes, Context
from services.prospecting.deduplication import Finding
from services.prospecting.handlers import campaigns
from services.prospecting.handlers.finding import BATCH, Campaigned, find
from services.prospecting.identity import Identity
from services.sources.sample import Sample

SECRET = "5f" * 32
ORG = "acme"
PATIENCE_S = float(os.environ.get("FILON_TEST_PATIENCE_S", "150"))
QUICK = WorkSettings(delays=(0.05, 0.1, 0.1), away=(0.05, 0.1), ack_wait=60, heartbeat=0.5, poll=1)
"""No work is taken from a worker of a busy processor: it would be done twice."""
SOFTWARE = Targeting(activities=("62.01Z",))

Answer = Callable[[str], str]
"""A scripted model's words about a document."""


class Gate:
    """Says what the offline model says, but holds each answer until the test lets it pass."""

    def __init__(self) -> None:
        self._passes = threading.Semaphore(0)

    def __call__(self, document: str) -> str:
        self._passes.acquire()
        return json.dumps(assess(document))

    def let(self, answers: int) -> None:
        self._passes.release(answers)

    def open(self) -> None:
        """For good."""
        self.let(10_000)


class ScriptedModel(BaseLLM):
    """Says what the test wants it to say."""

    answer: Any

    def call(self, messages: Any, *args: Any, **kwargs: Any) -> Any:
        self._token_usage["prompt_tokens"] += 200
        self._token_usage["completion_tokens"] += 20
        return self.answer(document_asked(messages))

    def get_input_tokens_count(self, *args: Any, **kwargs: Any) -> int:
        return 0


@dataclass(frozen=True)
class Scripted:
    """Models that say what the test wants."""

    answer: Answer
    name: str = "scripted"
    timeout: float = 30
    price: Price | None = None

    def fresh(self) -> BaseLLM:
        return ScriptedModel(model=self.name, provider=self.name, answer=self.answer)


def company(number: int) -> Company:
    return Company(
        name=f"Atelier {number}",
        activity="62.01Z",
        headcount_band="12",
        postal_code="75011",
        city="Paris",
        text=f"Atelier {number} écrit des logiciels. Accueil : 01 99 00 12 34.",
        website=f"https://atelier-{number}.example",
        contacts=(Contact(name="Ada", title="Gérante", email=f"ada@atelier-{number}.example"),),
    )


@dataclass
class Stage:
    """One organisation's log, and what is done on it."""

    url: str
    log: Log
    identity: Identity
    settings: WorkSettings = field(default_factory=lambda: QUICK)
    _subscribers: list[Any] = field(default_factory=list)

    def person(self) -> Context:
        return Context.of_person(ORG, "u-ada")

    async def campaign(
        self,
        *sources: Source,
        targeting: Targeting = SOFTWARE,
        budget: Budget = Budget(),  # noqa: B008  # immutable
        companies: int | Sequence[Company] = 0,
    ) -> str:
        """A draft, with that many companies imported."""
        command = CreateCampaign(
            name="Spring", sources=sources, targeting=targeting, threshold=60, budget=budget
        )
        id, _ = await campaigns.create(self.log, self.person(), command)
        if isinstance(companies, int):
            companies = [company(number) for number in range(companies)]
        for start in range(0, len(companies), BATCH):
            await self.bring(id, companies[start : start + BATCH])
        if companies:
            changes = Changes(self.person())
            imported = CampaignImported(accepted=len(companies), duplicates=0, refused=0)
            changes.add(campaign_address(ORG, id), 1, [imported])
            await self.log.append(*changes)
        return id

    async def bring(self, id: str, companies: Sequence[Company]) -> None:
        findings = [Finding(company=c, source="csv", how="import") for c in companies]
        await find(self.person(), Campaigned(self.log, self.identity, id), findings)

    async def start(self, id: str) -> None:
        await campaigns.start(self.log, self.person(), id)

    @asynccontextmanager
    async def working(
        self, models: Models | None = None, sources: Sources | None = None
    ) -> AsyncIterator[Broker]:
        """A worker in this process."""
        shipped: Sources = {source.name: source for source in (ImportedLists(), Sample())}
        app = application(
            self.url,
            self.log,
            models or ChosenModel(ModelSettings()),
            self.identity,
            sources or shipped,
            self.settings,
        )
        async with app.lifespan_context(), app:
            assert isinstance(app.broker, Broker)
            self._subscribers = [*app.broker.subscribers]
            yield app.broker
            self._subscribers = []

    @contextmanager
    def worker_process(self, home: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
        """A worker as `filon agents` runs it; stopped at the end where the test did not kill it."""
        environment = os.environ | {
            "FILON_NATS_URL": self.url,
            "FILON_HOME": str(home),
            "FILON_IDENTITY_KEY": SECRET,
            **settings,
        }
        command = [sys.executable, "-m", "services.cli", "agents"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
            try:
                yield process
            finally:
                process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(15)
                process.kill()

    @asynccontextmanager
    async def gated(self, price: Price | None = None) -> AsyncIterator[Gate]:
        """A worker in this process whose model answers as the test lets it."""
        gate = Gate()
        async with self.working(Scripted(gate, price=price)):
            try:
                yield gate
            finally:
                gate.open()  # what is under way ends, and then the worker

    async def until(
        self, fact: type[Fact], times: int = 1, or_once: type[Fact] | None = None
    ) -> list[Event]:
        """What happened until `fact` had happened that often, or `or_once` at all."""
        events: list[Event] = []
        async with (
            asyncio.timeout(PATIENCE_S),
            aclosing(self.log.follow(0)) as batches,
        ):
            async for batch in batches:
                events += batch.events
                if len(facts(events, fact)) >= times or (or_once and facts(events, or_once)):
                    break
        return events

    async def until_told(self, code: str, times: int) -> None:
        """Until the agents narrated that so often."""
        left = times
        async with (
            asyncio.timeout(PATIENCE_S),
            aclosing(self.log.follow(0)) as batches,
        ):
            async for batch in batches:
                left -= sum(f.code == code for f in facts(batch.events, ActivityReported))
                if left <= 0:
                    return

    async def idle(self, queue: str = "qualifier") -> None:
        """Until nobody in this process works on any, and the queue, where it is one for all
        campaigns, holds none. Long enough for whoever would ask for more to have asked."""
        js, quiet = self.log.nc.jetstream(), 0
        async with asyncio.timeout(PATIENCE_S):
            while quiet < 5:
                await asyncio.sleep(0.1)
                at_work = any(not each.lock.empty for each in self._subscribers)
                if queue != "qualifier":
                    info = await js.consumer_info("FILON", queue)
                    at_work = bool(info.num_pending or info.num_ack_pending)
                quiet = 0 if at_work else quiet + 1

    async def history(self) -> list[Event]:
        """Everything so far."""
        last = (await self.log.head()).last
        events: list[Event] = []
        async for batch in self.log.follow(0, [everything()], until=last):
            events += batch.events
        return events


def facts(events: Sequence[Event], kind: type[Any]) -> list[Any]:
    return [event.fact for event in events if isinstance(event.fact, kind)]


def per_prospect(events: Sequence[Event], kind: type[Fact]) -> Counter[str]:
    """How often `kind` happened to each prospect."""
    return Counter(event.originator_id for event in events if isinstance(event.fact, kind))

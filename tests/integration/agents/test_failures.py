"""Models and sources that fail: retried, then shown, then retried on request; nothing is lost."""

import json
import threading
from collections.abc import AsyncIterator

from events.agent import AgentFailed, ModelCalled
from events.campaign import Budget, CampaignCompleted
from events.company import How
from events.fact import Event
from events.prospect import ProspectFailed, ProspectFound, ProspectScored
from events.subjects import Address
from events.targeting import Targeting
from services.agents.models.offline import assess
from services.agents.models.settings import Price
from services.agents.sources import ImportedLists
from services.prospecting.commands import ChangeCampaign
from services.prospecting.handlers import agents, campaigns, prospects
from services.sources.source import Found, SourceFailed, SourcePage, SourceRejected
from tests.integration.agents.stage import Gate, Scripted, Stage, company, facts, per_prospect


class Moody:
    """A model that fails until it is told to recover."""

    def __init__(self, failures: int) -> None:
        self._failures = threading.Semaphore(failures)

    def __call__(self, document: str) -> str:
        if self._failures.acquire(blocking=False):
            raise RuntimeError("out of order, ada@atelier-0.example")
        return json.dumps(assess(document))

    def recover(self) -> None:
        while self._failures.acquire(blocking=False):
            pass


async def test_a_model_that_recovers_costs_nothing_but_time(stage: Stage) -> None:
    async with stage.working(Scripted(Moody(3))):
        await stage.start(await stage.campaign("csv", companies=5))
        events = await stage.until(CampaignCompleted)
    assert per_prospect(events, ProspectScored) == per_prospect(events, ProspectFound)
    assert not facts(events, ProspectFailed)


async def test_a_prospect_that_failed_for_good_is_shown_and_retried_on_request(
    stage: Stage,
) -> None:
    moody = Moody(10_000)
    async with stage.working(Scripted(moody)):
        id = await stage.campaign("csv", companies=2)
        await stage.start(id)
        events = await stage.until(ProspectFailed, 2)
        for failed in facts(events, ProspectFailed):
            assert failed.code == "failure.model"
            assert "ada" not in json.dumps(failed.params)
        moody.recover()
        for address in per_prospect(events, ProspectFailed):
            await prospects.retry(stage.log, stage.person(), id, Address.parse(address).id)
        events = await stage.until(CampaignCompleted)
    (completed,) = facts(events, CampaignCompleted)
    assert (completed.found, completed.scored, completed.failed) == (2, 2, 0)
    assert per_prospect(events, ProspectScored) == per_prospect(events, ProspectFound)


async def test_a_quote_that_is_not_in_the_document_is_never_recorded(stage: Stage) -> None:
    invented = {"field": "email", "value": "x@y.example", "quote": "x@y.example", "confidence": 1}
    answer = json.dumps({"facts": [invented]})
    async with stage.working(Scripted(lambda document: answer)):
        await stage.start(await stage.campaign("csv", companies=1))
        events = await stage.until(ProspectFailed)
    assert not facts(events, ProspectScored)
    (failed,) = facts(events, ProspectFailed)
    assert failed.params == {"reason": "refused-answer"}


class Unsteady:
    """A source whose second page can't be read until it is mended."""

    name = "companies"
    how: How = "api"

    def __init__(self) -> None:
        self.broken = True

    async def pages(self, targeting: Targeting, cursor: str) -> AsyncIterator[SourcePage]:
        if cursor and self.broken:
            raise SourceFailed("unreachable", retry_after=0)
        number = int(cursor or 0)
        yield SourcePage((Found(company(number), ""),), str(number + 1), exhausted=number == 2)


async def test_a_source_that_keeps_failing_fails_the_agent_which_reads_on_when_started(
    stage: Stage,
) -> None:
    source = Unsteady()
    async with stage.working(sources={"companies": source, "csv": ImportedLists()}):
        id = await stage.campaign("csv", "companies")
        await stage.start(id)
        events = await stage.until(AgentFailed)
        (failed,) = facts(events, AgentFailed)
        assert failed.code == "failure.source"
        assert failed.params == {"source": "companies", "reason": "unreachable"}
        source.broken = False
        await agents.start(stage.log, stage.person(), f"researcher-{id}")
        events = await stage.until(CampaignCompleted)
    assert len(per_prospect(events, ProspectFound)) == 3
    assert per_prospect(events, ProspectScored) == per_prospect(events, ProspectFound)


class Refusing:
    """A source that does not take the question."""

    name = "companies"
    how: How = "api"

    def __init__(self) -> None:
        self.asked = 0

    async def pages(self, targeting: Targeting, cursor: str) -> AsyncIterator[SourcePage]:
        self.asked += 1
        raise SourceRejected("La région est non valide.")
        yield  # a generator, as every source is


async def test_a_question_that_a_source_refuses_fails_the_agent_at_once_in_the_source_s_words(
    stage: Stage,
) -> None:
    source = Refusing()
    async with stage.working(sources={"companies": source}):
        await stage.start(await stage.campaign("companies"))
        (failed,) = facts(await stage.until(AgentFailed), AgentFailed)
    assert source.asked == 1
    assert failed.code == "failure.source-refused"
    assert failed.params == {
        "source": "companies",
        "reason": "rejected",
        "said": "La région est non valide.",
    }


async def _one_by_one_until_failed(stage: Stage, gate: Gate) -> list[Event]:
    """Each answer only once the log tells of the one before: what is spent is known by then."""
    for answers in range(1, 31):
        gate.let(1)
        events = await stage.until(ModelCalled, answers, or_once=AgentFailed)
        if facts(events, AgentFailed):
            break
    return events


async def test_a_spent_budget_stops_the_agent_until_it_is_raised(stage: Stage) -> None:
    async with stage.gated() as gate:
        id = await stage.campaign("csv", companies=30, budget=Budget(tokens=1000))
        await stage.start(id)
        events = await _one_by_one_until_failed(stage, gate)
        (failed,) = facts(events, AgentFailed)
        assert failed.code == "failure.budget"
        assert 5 <= len(facts(events, ModelCalled)) < 30
        gate.open()
        await campaigns.change(
            stage.log, stage.person(), id, ChangeCampaign(budget=Budget(tokens=1_000_000))
        )
        await agents.start(stage.log, stage.person(), f"qualifier-{id}")
        events = await stage.until(CampaignCompleted)
    assert len(per_prospect(events, ProspectScored)) == 30


async def test_a_budget_in_euros_is_kept_where_the_price_is_known(stage: Stage) -> None:
    async with stage.gated(Price(prompt=1000, completion=10_000)) as gate:
        await stage.start(await stage.campaign("csv", companies=30, budget=Budget(euros=1.0)))
        events = await _one_by_one_until_failed(stage, gate)
    (failed,) = facts(events, AgentFailed)
    assert failed.code == "failure.budget-euros"
    called = facts(events, ModelCalled)
    assert sum(call.cost for call in called) >= 1.0
    assert len(called) < 30


async def test_a_budget_in_euros_without_a_price_lets_nothing_be_spent(stage: Stage) -> None:
    async with stage.working(Scripted(Moody(0))):
        id = await stage.campaign("csv", companies=3, budget=Budget(euros=1.0))
        await stage.start(id)
        events = await stage.until(AgentFailed)
    assert facts(events, AgentFailed)[0].code == "failure.price"
    assert facts(events, ModelCalled) == []

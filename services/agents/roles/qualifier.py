"""The qualifier at work: one prospect, one run of its crew, one score."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from weakref import WeakValueDictionary

from events.agent import ActivityReported
from events.company import Evidence
from events.fact import Event, Fact
from events.prospect import ProspectAssigned, ProspectScored
from events.subjects import Address, activity_address
from services.agents.crews import document, qualifier
from services.agents.crews.guardrail import Assessment
from services.agents.crews.running import ModelFailed, Usage, run
from services.agents.roles.role import WorkFailure
from services.agents.spending import model_called
from services.agents.standing import Standing
from services.agents.workplace import Workplace
from services.prospecting.campaign import Campaign
from services.prospecting.context import Context
from services.prospecting.errors import ProspectNotFound
from services.prospecting.exclusions import is_excluded
from services.prospecting.handlers import agents, prospects
from services.prospecting.prospect import Prospect

_log = logging.getLogger(__name__)

ROLE: Final = "qualifier"


class Work(NamedTuple):
    """One prospect to qualify."""

    event: Event
    org: str
    campaign_id: str
    prospect_id: str
    agent_id: str

    @classmethod
    def of(cls, event: Event) -> "Work":
        org, campaign_id, _, prospect_id = Address.parse(event.originator_id)
        return cls(event, org, campaign_id, prospect_id, f"{ROLE}-{campaign_id}")

    def context(self, step: str = "") -> Context:
        return Context.of_agent(self.event, ROLE, step)


class Qualifier:
    """Qualifies what its queue delivers."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace, self._log = workplace, workplace.log
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        """A lock for each prospect that somebody here works on."""

    async def work(self, event: Event) -> None:
        """Work for a campaign that is not at it is dropped: the next start brings it back.

        A prospect that is delivered twice at once waits for its turn, and then has its score: a
        model is paid once. Raises `ModelFailed`, and what the log raises.
        """
        turn = self._turns.setdefault(event.originator_id, asyncio.Lock())
        async with turn:
            await self._work(event)

    async def _work(self, event: Event) -> None:
        work = Work.of(event)
        standing = await self._workplace.standings.standing(event, ROLE)
        if standing.campaign is None or not _may_work(standing, event):
            return
        if (prospect := await self._waiting(work)) is None:
            return
        if is_excluded(prospect.company, standing.campaign.targeting):
            # Since it was found: that is seen, and a retry scores it once it is wanted again.
            await self.give_up(event, WorkFailure("failure.excluded", {}))
            return
        if await self._workplace.spending.overspent(
            work.context("budget"), standing.campaign, work.agent_id
        ):
            return
        await self._score(work, standing.campaign, prospect)

    async def tell_retry(self, event: Event, attempt: int, seconds: float) -> None:
        work = Work.of(event)
        await agents.report_activity(
            self._log,
            work.context(f"retrying/{attempt}"),
            work.agent_id,
            "activity.retrying",
            "running",
            work.prospect_id,
            seconds=f"{seconds:g}",
            attempt=str(attempt),
        )

    async def give_up(self, event: Event, failure: WorkFailure) -> None:
        """The visible dead letter: it can be retried."""
        work = Work.of(event)

        def narrate(facts: Sequence[Fact]) -> Iterator[tuple[Address, Fact]]:
            yield _activity(work, "activity.failed")

        try:
            await prospects.fail(
                self._log,
                work.context("failed"),
                work.campaign_id,
                work.prospect_id,
                *failure,
                narrate=narrate,
            )
        except ProspectNotFound:
            _log.info("prospect.gone prospect=%s", work.prospect_id)

    async def _waiting(self, work: Work) -> Prospect | None:
        """The prospect, where it still waits for its score."""
        try:
            loaded = await prospects.load_prospect(
                self._log, work.org, work.campaign_id, work.prospect_id
            )
        except ProspectNotFound:
            return None
        return loaded.state if loaded.state.status == "found" else None

    async def _score(self, work: Work, campaign: Campaign, prospect: Prospect) -> None:
        await agents.report_activity(
            self._log,
            work.context("scoring"),
            work.agent_id,
            "activity.scoring",
            "running",
            work.prospect_id,
        )
        job = qualifier.job(document.of_company(prospect.company))
        try:
            assessment, usage = await run(job, self._workplace.models)
        except ModelFailed as failed:
            spending = self._workplace.spending
            await spending.record_failed(work.event, ROLE, work.agent_id, failed.usage)
            raise
        await self._record(work, campaign, prospect, assessment, usage)

    async def _record(
        self,
        work: Work,
        campaign: Campaign,
        prospect: Prospect,
        assessment: Assessment,
        usage: Usage,
    ) -> None:
        """Score, price and activity, in one append."""
        ctx = work.context("score")

        def narrate(facts: Sequence[Fact]) -> Iterator[tuple[Address, Fact]]:
            yield model_called(ctx, work.agent_id, usage)
            for fact in facts:
                if isinstance(fact, ProspectScored):
                    yield _activity(work, "activity.scored", score=str(fact.score))

        await prospects.score(
            self._log,
            ctx,
            work.campaign_id,
            campaign,
            work.prospect_id,
            evidence_of(assessment, prospect, ctx.at),
            usage.model,
            narrate=narrate,
        )


def evidence_of(assessment: Assessment, prospect: Prospect, at: datetime) -> list[Evidence]:
    """What the crew found, as evidence; of two facts about one field the surer one."""
    best = {fact.field: fact for fact in sorted(assessment.facts, key=lambda fact: fact.confidence)}
    return [
        Evidence(
            field=fact.field,
            value=fact.value,
            source=prospect.source,
            source_url=prospect.source_url,
            quote=fact.quote,
            at=at,
            how="llm",
            confidence=fact.confidence,
        )
        for fact in best.values()
    ]


def _may_work(standing: Standing, event: Event) -> bool:
    """A person's retry is honoured in a campaign that has completed, too; what was assigned before
    work last began was assigned anew then."""
    if event.sequence < standing.since:
        return False
    retried = isinstance(event.fact, ProspectAssigned) and event.fact.reason == "retried"
    return standing.at_work or (standing.completed and retried)


def _activity(work: Work, code: str, **params: str) -> tuple[Address, ActivityReported]:
    fact = ActivityReported(
        code=code, params=params, status="running", prospect_id=work.prospect_id
    )
    return activity_address(work.org, work.campaign_id, work.agent_id), fact

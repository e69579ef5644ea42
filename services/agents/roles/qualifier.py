"""The qualifier at work: one prospect, one run of its crew, one score."""

import logging
from collections.abc import Iterator, Sequence
from uuid import uuid4

from events.company import Evidence
from events.fact import Event, Fact
from events.prospect import ProspectAssigned, ProspectScored
from events.subjects import Address
from services.agents.crews.running import ModelFailed, Usage
from services.agents.roles.reading import asks_model, read_company
from services.agents.roles.role import NotNow, WorkFailure
from services.agents.roles.work import ROLE, Work
from services.agents.spending import model_called
from services.agents.standing import Standing
from services.agents.workplace import Workplace
from services.prospecting.campaign import Campaign
from services.prospecting.errors import ProspectNotFound
from services.prospecting.exclusions import is_excluded
from services.prospecting.handlers import agents, prospects
from services.prospecting.prospect import Prospect

_log = logging.getLogger(__name__)


class Qualifier:
    """Qualifies what its queue delivers."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace, self._log = workplace, workplace.log
        self._crews = workplace.crews

    async def work(self, event: Event) -> None:
        """While the model is away the work is held here, so that its attempts are not used up.

        Raises `NotNow` where the campaign is not at work, `ModelFailed`, and what the log raises.
        """
        work = Work.of(event)
        while not await self._attempt(work):
            pass

    async def _attempt(self, work: Work) -> bool:
        """Whether nothing is left to do."""
        if (wanted := await self._wanted(work)) is None:
            return True
        if not asks_model(*wanted):
            await self._score(work, *wanted)
            return True
        async with self._crews.turn():
            if (wanted := await self._wanted(work)) is None:
                return True
            try:
                await self._score(work, *wanted)
            except ModelFailed as failed:
                return await self._answered(work, failed)
        return True

    async def _wanted(self, work: Work) -> tuple[Campaign, Prospect] | None:
        """The campaign and the prospect, where that is to be scored now."""
        if (prospect := await self._waiting(work)) is None:
            return None
        campaign = (standing := await self._standing(work)).campaign
        if campaign is None or campaign.status == "cancelled":
            return None
        if not _may_work(standing, work.event) or not campaign.targeting.asks:
            raise NotNow
        if is_excluded(prospect.company, campaign.targeting):
            # Since it was found: that is seen, and a retry scores it once it is wanted again.
            await self.give_up(work.event, WorkFailure("failure.excluded", {}))
            return None
        if not asks_model(campaign, prospect):
            return campaign, prospect
        spending, ctx = self._workplace.spending, work.context(f"budget/{uuid4()}")
        if await spending.overspent(ctx, campaign, work.agent_id):
            self._workplace.standings.forget(work.event, ROLE)
            raise NotNow
        return campaign, prospect

    async def _standing(self, work: Work) -> Standing:
        return await self._workplace.standings.standing(work.event, ROLE)

    async def _answered(self, work: Work, failed: ModelFailed) -> bool:
        """What a failure means; raises it where it is the prospect's, or nobody knows whose."""
        fault, spending = failed.fault, self._workplace.spending
        await spending.record_failed(work.event, ROLE, work.agent_id, failed.usage)
        if fault.code:
            params = {"model": self._crews.name, "said": fault.said}
            ctx = work.context(f"refused/{uuid4()}")
            await agents.fail(self._log, ctx, work.agent_id, fault.code, params)
            self._workplace.standings.forget(work.event, ROLE)
            raise NotNow from failed
        if not fault.passing:
            raise failed
        seconds = f"{self._crews.seconds_left:.0f}"
        await self._narrate(
            work, f"away/{uuid4()}", "activity.model-away", reason=fault.passing, seconds=seconds
        )
        return False

    async def _narrate(self, work: Work, step: str, code: str, **params: str) -> None:
        ctx, about = work.context(step), work.prospect_id
        await agents.report_activity(
            self._log, ctx, work.agent_id, code, "running", about, **params
        )

    async def tell_retry(self, event: Event, attempt: int, seconds: float) -> None:
        params = {"seconds": f"{seconds:g}", "attempt": str(attempt)}
        await self._narrate(Work.of(event), f"retrying/{attempt}", "activity.retrying", **params)

    async def give_up(self, event: Event, failure: WorkFailure) -> None:
        """The visible dead letter: it can be retried."""
        work = Work.of(event)

        def narrate(facts: Sequence[Fact]) -> Iterator[tuple[Address, Fact]]:
            yield work.activity("activity.failed")

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
        await self._narrate(work, "scoring", "activity.scoring")
        if not asks_model(campaign, prospect):
            await self._record(work, campaign, [], None)
            return
        read, usage = await read_company(self._crews, prospect)
        await self._record(work, campaign, read, usage)

    async def _record(
        self, work: Work, campaign: Campaign, read: list[Evidence], usage: Usage | None
    ) -> None:
        """Score, price and activity, in one append."""
        ctx = work.context("score")

        def narrate(facts: Sequence[Fact]) -> Iterator[tuple[Address, Fact]]:
            if usage is not None:
                yield model_called(ctx, work.agent_id, usage)
            for fact in facts:
                if isinstance(fact, ProspectScored):
                    yield work.activity("activity.scored", score=str(fact.score))

        await prospects.score(
            self._log,
            ctx,
            work.campaign_id,
            campaign,
            work.prospect_id,
            read,
            usage.model if usage else "",
            narrate=narrate,
        )


def _may_work(standing: Standing, event: Event) -> bool:
    """A person's retry is honoured in a campaign that has completed, too."""
    retried = isinstance(event.fact, ProspectAssigned) and event.fact.reason == "retried"
    return standing.at_work or (standing.completed and retried)

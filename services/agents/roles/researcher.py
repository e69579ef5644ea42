"""The researcher at work: each source of a campaign, page by page, until nothing is left.

Code chooses: each source has applied the targeting, or what of it can be applied before a score.
"""

from typing import Final, NamedTuple

from events.agent import AgentStarted, SourceRead
from events.campaign import Source
from events.fact import Event
from events.subjects import Address
from services.agents.roles.role import WorkFailure, restarted
from services.agents.sources import read_page
from services.agents.workplace import Workplace
from services.prospecting.agent import Agent, SourceProgress
from services.prospecting.campaign import Campaign
from services.prospecting.context import Context
from services.prospecting.deduplication import Finding
from services.prospecting.handlers import agents
from services.prospecting.handlers.finding import Campaigned, find_page
from services.prospecting.handlers.repository import Loaded
from services.sources.source import SourcePage

ROLE: Final = "researcher"


class PageToRead(NamedTuple):
    """One page to be read."""

    event: Event
    org: str
    campaign_id: str
    agent_id: str
    campaign: Campaign
    source: Source
    cursor: str
    number: int
    left: int | None
    """How many more prospects the campaign asks for; none is no limit."""

    def context(self, step: str) -> Context:
        return Context.of_agent(self.event, ROLE, f"{step}/{self.source}/{self.cursor}")


class Researcher:
    """Reads for the campaigns that its queue names."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace, self._log = workplace, workplace.log

    async def work(self, event: Event) -> None:
        """Reads on from where the agent's facts say, so that nothing is lost with a worker.

        Raises `SourceUnreadable`, and what the log raises.
        """
        if isinstance(event.fact, AgentStarted) and not restarted(event, ROLE):
            return
        while (reading := await self._next(event)) is not None:
            await self._read(reading)
        if (await self._workplace.standings.standing(event, ROLE)).at_work:
            await self._say(event, "exhausted", "activity.exhausted")

    async def tell_retry(self, event: Event, attempt: int, seconds: float) -> None:
        params = {"attempt": str(attempt), "seconds": f"{seconds:g}"}
        await self._say(event, f"retrying/{attempt}", "activity.retrying", **params)

    async def give_up(self, event: Event, failure: WorkFailure) -> None:
        """The agent fails, visibly; starting it reads on."""
        _, campaign_id, *_ = Address.parse(event.originator_id)
        ctx = Context.of_agent(event, ROLE, "failed")
        await agents.fail(self._log, ctx, f"{ROLE}-{campaign_id}", *failure)

    async def _next(self, event: Event) -> PageToRead | None:
        """The next page, where there is one and the agent is at work."""
        standing = await self._workplace.standings.standing(event, ROLE)
        if standing.campaign is None or not standing.at_work:
            return None
        org, campaign_id, *_ = Address.parse(event.originator_id)
        agent_id = f"{ROLE}-{campaign_id}"
        agent = await agents.load_agent(self._log, org, campaign_id, agent_id)
        for source in standing.campaign.sources:
            progress = agent.state.sources.get(source, SourceProgress())
            if not progress.exhausted:
                number, left = _pages(agent, source) + 1, _left(agent, standing.campaign)
                return PageToRead(
                    event,
                    org,
                    campaign_id,
                    agent_id,
                    standing.campaign,
                    source,
                    progress.cursor,
                    number,
                    left,
                )
        return None

    async def _read(self, reading: PageToRead) -> None:
        """One page: what it brings, and that it was read, in one append."""
        page = await self._page(reading)
        kept = self._findings(reading, page)[: reading.left]
        read = SourceRead(
            source=reading.source, cursor=page.cursor, found=0, exhausted=page.exhausted
        )
        campaigned = Campaigned(self._log, self._workplace.identity, reading.campaign_id)
        outcomes = await find_page(
            reading.context("page"), campaigned, kept, reading.agent_id, read
        )
        await self._tell(reading, "activity.read", found=str(outcomes.count("found")))

    async def _page(self, reading: PageToRead) -> SourcePage:
        if reading.left == 0:
            return SourcePage((), reading.cursor, exhausted=True)
        await self._tell(reading, "activity.reading", page=str(reading.number))
        targeting = reading.campaign.targeting
        return await read_page(self._workplace.sources, reading.source, targeting, reading.cursor)

    def _findings(self, reading: PageToRead, page: SourcePage) -> list[Finding]:
        if not page.companies:
            return []
        source = self._workplace.sources[reading.source]
        return [
            Finding(
                company=found.company,
                source=source.name,
                source_url=found.url,
                how=source.how,
                agent_id=reading.agent_id,
            )
            for found in page.companies
        ]

    async def _tell(self, reading: PageToRead, code: str, **params: str) -> None:
        step = f"{code}/{reading.source}/{reading.cursor}"
        await self._say(reading.event, step, code, source=reading.source, **params)

    async def _say(self, event: Event, step: str, code: str, **params: str) -> None:
        _, campaign_id, *_ = Address.parse(event.originator_id)
        ctx = Context.of_agent(event, ROLE, step)
        await agents.report_activity(
            self._log, ctx, f"{ROLE}-{campaign_id}", code, "running", **params
        )


def _reads(agent: Loaded[Agent]) -> list[SourceRead]:
    return [event.fact for event in agent.events if isinstance(event.fact, SourceRead)]


def _pages(agent: Loaded[Agent], source: str) -> int:
    return sum(1 for read in _reads(agent) if read.source == source)


def _left(agent: Loaded[Agent], campaign: Campaign) -> int | None:
    most = campaign.targeting.max_prospects
    if most is None:
        return None
    return max(0, most - campaign.listed - sum(read.found for read in _reads(agent)))

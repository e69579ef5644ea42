"""Reading a company's own words: whether a model is asked, and its facts as evidence."""

from collections.abc import Sequence
from datetime import UTC, datetime

from events.company import Evidence
from services.agents.crews import document, qualifier
from services.agents.crews.guardrail import QuotedFact
from services.agents.crews.running import Usage
from services.agents.outage import Outage
from services.prospecting.campaign import Campaign
from services.prospecting.prospect import Prospect
from services.prospecting.record import lacks


def asks_model(campaign: Campaign, prospect: Prospect) -> bool:
    """Only where the company's own words may hold what its record lacks."""
    said = document.of_company(prospect.company)
    return bool(said and lacks(prospect.company, campaign.targeting))


async def read_company(crews: Outage, prospect: Prospect) -> tuple[list[Evidence], Usage]:
    """What the crew found, and what that took. Raises `ModelFailed`."""
    job = qualifier.job(prospect.company.name, document.of_company(prospect.company))
    facts, usage = await crews.run(job)
    return _evidence(facts, prospect, datetime.now(UTC)), usage


def _evidence(facts: Sequence[QuotedFact], prospect: Prospect, at: datetime) -> list[Evidence]:
    """What the crew read, as evidence; of two facts about one field the surer one."""
    best = {fact.field: fact for fact in sorted(facts, key=lambda fact: fact.confidence)}
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

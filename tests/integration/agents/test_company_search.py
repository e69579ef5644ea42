"""The French company search as a campaign's source, on a local server that speaks its schema."""

from events.agent import SourceRead
from events.campaign import CampaignCompleted
from events.prospect import ProspectFound, ProspectScored
from events.targeting import Targeting
from services.sources.companies import CompanySearch
from tests.integration.agents.stage import Stage, facts, per_prospect
from tests.integration.sources.company_search_server import serving
from tests.integration.sources.register import Registered
from tests.integration.sources.searching import api_of
from tests.unit.sources.sirens import siren_of

REGISTER = [Registered(siren_of(10_000_000 + n), f"ATELIER {n}") for n in range(60)]


async def at_once(seconds: float) -> None:
    """Waits for nothing."""


async def test_companies_of_the_search_are_read_page_by_page_and_scored(stage: Stage) -> None:
    excluded = REGISTER[3].siren
    targeting = Targeting(activities=("62.01Z",), exclude_sirens=(excluded,))
    with serving(REGISTER) as server:
        async with (
            api_of(server, at_once) as api,
            stage.working(sources={"companies": CompanySearch(api)}),
        ):
            await stage.start(await stage.campaign("companies", targeting=targeting))
            events = await stage.until(CampaignCompleted)
    found = facts(events, ProspectFound)
    assert {f.company.siren for f in found} == {r.siren for r in REGISTER} - {excluded}
    assert {(f.how, f.agent_id is not None) for f in found} == {("api", True)}
    assert per_prospect(events, ProspectScored) == per_prospect(events, ProspectFound)
    assert [read.exhausted for read in facts(events, SourceRead)] == [False, False, True]

"""The product on three nodes, one of which lags behind: it decides, drops and erases on what is."""

from events.company import Company
from events.prospect import ProspectErased
from events.subjects import campaign_address, everything, prospect_address
from services.agents.standing import Standings
from services.log import Log
from services.prospecting.commands import ChangeCampaign, CreateCampaign
from services.prospecting.deduplication import Finding
from services.prospecting.handlers import agents, campaigns, erasing
from services.prospecting.handlers.finding import Campaigned, find
from tests.integration.log.cluster import Cluster
from tests.integration.prospecting.conftest import IDENTITY, person
from tests.unit.prospecting.shelf import SOFTWARE

DESCRIBED = CreateCampaign(name="Spring", sources=("sample",), targeting=SOFTWARE)
ROUNDS = 120


async def test_a_campaign_that_was_just_created_is_there_to_be_changed(
    log: Log, behind: Log
) -> None:
    for number in range(ROUNDS):
        id, _ = await campaigns.create(log, person(), DESCRIBED)
        renamed = ChangeCampaign(name=f"Spring {number}")
        await campaigns.change(behind, person(), id, renamed)
        assert (await campaigns.load_campaign(behind, "acme", id)).state.name == f"Spring {number}"


async def test_a_campaign_completes_and_its_agents_stop(log: Log, behind: Log) -> None:
    for _ in range(ROUNDS // 6):
        id, _ = await campaigns.create(log, person(), DESCRIBED)
        await campaigns.start(log, person(), id)
        await campaigns.complete(behind, person(), id, found=0, scored=0, failed=0)
        assert (await campaigns.load_campaign(behind, "acme", id)).state.status == "completed"
        agent = await agents.load_agent(behind, "acme", id, f"qualifier-{id}")
        assert agent.state.status != "running"


async def test_workers_know_at_once_that_a_campaign_has_started(log: Log, behind: Log) -> None:
    for _ in range(ROUNDS):
        id, _ = await campaigns.create(log, person(), DESCRIBED)
        await campaigns.start(log, person(), id)
        trigger = (await log.load(str(campaign_address("acme", id))))[-1]
        assert (await Standings(behind).standing(trigger, "qualifier")).at_work


async def test_what_was_found_once_is_known(log: Log, behind: Log) -> None:
    id, _ = await campaigns.create(log, person(), DESCRIBED)
    campaign, same = Campaigned(log, IDENTITY, id), Campaigned(behind, IDENTITY, id)
    for number in range(ROUNDS):
        findings = _findings(number)
        assert [p.outcome for p in await find(person(), campaign, findings)] == ["found"] * 4
        assert [p.outcome for p in await find(person(), same, findings)] == ["known"] * 4


async def test_an_erasure_leaves_nothing_but_tombstones(log: Log, behind: Log) -> None:
    id, _ = await campaigns.create(log, person(), DESCRIBED)
    campaign = Campaigned(log, IDENTITY, id)
    for number in range(ROUNDS // 6):
        placements = await find(person(), campaign, _findings(number))
        for prospect in sorted(next(iter(placement.facts)) for placement in placements):
            await erasing.erase(behind, person(), IDENTITY, id, prospect)
            left = await log.remains(str(prospect_address("acme", id, prospect)))
            assert [event.fact for event in left] == [ProspectErased()]
    head = await log.head()
    filters = [everything("acme", id, "prospect")]
    while True:  # a replica that is behind still has what is deleted, and takes it over
        told = [e.fact async for b in behind.read(0, filters, head.last) for e in b.events]
        if set(map(type, told)) == {ProspectErased}:
            break


async def test_history_up_to_now_is_whole(log: Log, behind: Log) -> None:
    id, _ = await campaigns.create(log, person(), DESCRIBED)
    campaign = Campaigned(log, IDENTITY, id)
    filters = [everything("acme", id, "prospect")]
    for number in range(ROUNDS):
        await find(person(), campaign, _findings(number))
        last = (await log.head()).last
        read = [e.sequence async for b in behind.read(0, filters, last) for e in b.events]
        assert read[-1] == last
        assert read == sorted(set(read))


async def test_a_follower_that_stands_still_holds_up_nobody_for_long(
    log: Log, cluster: Cluster
) -> None:
    id, _ = await campaigns.create(log, person(), DESCRIBED)
    (await cluster.follower(log.nc)).pause()
    for number in range(6):
        await campaigns.change(log, person(), id, ChangeCampaign(name=f"Spring {number}"))
    assert (await campaigns.load_campaign(log, "acme", id)).state.name == "Spring 5"


def _findings(number: int) -> list[Finding]:
    companies = [
        Company(name=f"Imaginaire {number}-{n}", website=f"imaginaire-{number}-{n}.example")
        for n in range(4)
    ]
    return [Finding(company=company, source="csv", how="import") for company in companies]

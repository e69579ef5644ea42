"""The same company, however often and by whomever it is found, is one prospect."""

import asyncio
from dataclasses import replace
from pathlib import Path

from events.company import Company, Contact
from events.fact import Event
from events.prospect import ProspectErased, ProspectFound
from services.log import Log
from services.prospecting.deduplication import Finding, Outcome
from services.prospecting.handlers import erasing
from services.prospecting.handlers.finding import Campaigned, find
from tests.integration.log.shelf import files_with
from tests.integration.prospecting.conftest import IDENTITY, person
from tests.unit.prospecting.shelf import BAKERY


def findings(count: int) -> list[Finding]:
    companies = [
        Company(name=f"Imaginaire {n}", website=f"imaginaire-{n}.example", postal_code="75011")
        for n in range(count)
    ]
    return [Finding(company=company, source="csv", how="import") for company in companies]


async def outcomes(campaign: Campaigned, findings: list[Finding]) -> list[Outcome]:
    return [placement.outcome for placement in await find(person(), campaign, findings)]


async def history(log: Log) -> list[Event]:
    last = (await log.head()).last
    return [e async for batch in log.follow(0, until=last) for e in batch.events]


async def found(log: Log) -> list[Event]:
    return [event for event in await history(log) if isinstance(event.fact, ProspectFound)]


async def test_two_workers_that_find_the_same_companies_at_once_make_one_prospect_of_each(
    campaign: Campaigned, nats_url: str
) -> None:
    other = Campaigned(await Log.connect(nats_url), IDENTITY, campaign.id)
    told = await asyncio.gather(
        *(outcomes(who, findings(40)) for who in (campaign, other, campaign, other))
    )
    assert sum(each.count("found") for each in told) == 40
    assert len(await found(campaign.log)) == 40
    await other.log.close()


async def test_a_second_run_after_a_restart_finds_nothing_new(
    campaign: Campaigned, nats_url: str
) -> None:
    await find(person(), campaign, findings(10))
    restarted = Campaigned(await Log.connect(nats_url), IDENTITY, campaign.id)
    assert await outcomes(restarted, findings(10)) == ["known"] * 10
    await restarted.log.close()


async def test_what_was_erased_is_gone_from_the_disk_and_stays_away(
    campaign: Campaigned, log: Log, tmp_path: Path
) -> None:
    bakery = [Finding(company=BAKERY, source="csv", how="import")]
    assert await outcomes(campaign, bakery) == ["found"]
    stored = tmp_path / "nats"
    email = BAKERY.contacts[0].email
    assert files_with(email, stored)
    id = IDENTITY.claims("acme", campaign.id, BAKERY)[0].id
    await erasing.erase(log, person(), IDENTITY, campaign.id, id)
    assert not files_with(email, stored)
    assert await outcomes(campaign, bakery) == ["erased"]
    left = [event.fact for event in await history(log) if "/prospect/" in event.originator_id]
    assert left == [ProspectErased()] * 7  # its four keys, and the witnesses of two
    await erasing.erase(log, person(), IDENTITY, campaign.id, id)


async def test_erasing_one_company_refuses_it_for_good_and_no_stranger(
    campaign: Campaigned, log: Log
) -> None:
    """Its host is a directory's that nobody knew of, its e-mail the accountant's."""
    erased, stranger, later = (
        Finding(
            company=Company(
                name=name,
                city=city,
                website="https://annuaire-local.example/pages",
                contacts=(Contact(email="compta@cabinet.example"),),
            ),
            source="csv",
            how="import",
        )
        for name, city in (("Boulange", "Nice"), ("Plomberie", "Lyon"), ("Serrurerie", "Dole"))
    )
    assert await outcomes(campaign, [erased, stranger]) == ["found", "found"]
    id = IDENTITY.claims("acme", campaign.id, erased.company)[0].id
    await erasing.erase(log, person(), IDENTITY, campaign.id, id)
    only_site = replace(erased, company=Company(name="Boulange", website="annuaire-local.example"))
    told = await outcomes(campaign, [erased, stranger, later, only_site])
    assert told == ["erased", "known", "found", "erased"]

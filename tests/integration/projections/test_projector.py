"""The read models follow the log, and start over where it is another log."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from projections import projector
from projections.database import open_engine
from projections.queries import ProspectQuery, ReadModels
from services.log import Log
from services.prospecting.campaign import ChangeCampaign
from services.prospecting.handlers import campaigns, erasing
from services.prospecting.handlers.finding import Campaigned, find
from tests.integration.prospecting.conftest import campaign, log, person
from tests.integration.prospecting.test_finding import findings

__all__ = ["campaign", "log"]


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine(f"sqlite:///{tmp_path / 'filon.db'}")


@pytest.fixture
async def read_models(log: Log, engine: Engine) -> AsyncIterator[ReadModels]:
    work = asyncio.create_task(projector.run(log, engine))
    yield ReadModels(engine)
    work.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await work


async def caught_up(read_models: ReadModels, log: Log) -> None:
    last = (await log.head()).last
    async with asyncio.timeout(20):
        while True:
            if (await asyncio.to_thread(read_models.position)).sequence >= last:
                return
            await asyncio.sleep(0.01)


async def test_counts_and_lists_agree_with_the_log(
    campaign: Campaigned, log: Log, read_models: ReadModels
) -> None:
    await find(person(), campaign, findings(120))
    await caught_up(read_models, log)
    view = read_models.campaign("acme", campaign.id)
    assert view is not None
    assert view.metrics.prospects_found == 120
    page = read_models.prospects("acme", ProspectQuery(campaign_id=campaign.id, limit=100))
    assert (len(page.items), page.more) == (100, True)
    rest = read_models.prospects("acme", ProspectQuery(campaign_id=campaign.id, page=2))
    assert (len(rest.items), rest.more) == (20, False)


async def test_search_ignores_case_and_accents_and_stays_in_the_organisation(
    campaign: Campaigned, log: Log, read_models: ReadModels
) -> None:
    await find(person(), campaign, findings(12))
    await caught_up(read_models, log)
    assert len(read_models.prospects("acme", ProspectQuery(q="IMAGINÁIRE 7")).items) == 1
    assert read_models.prospects("umbrella", ProspectQuery()).items == []
    assert read_models.campaign("umbrella", campaign.id) is None


async def test_erased_is_gone_from_the_database_files_too(
    campaign: Campaigned, log: Log, read_models: ReadModels, tmp_path: Path
) -> None:
    await find(person(), campaign, findings(3))
    await caught_up(read_models, log)
    assert b"imaginaire-1.example" in on_disk(tmp_path)
    (erased,) = read_models.prospects("acme", ProspectQuery(q="imaginaire 1")).items
    await erasing.erase(log, person(), campaign.identity, campaign.id, erased.id)
    await caught_up(read_models, log)
    async with asyncio.timeout(10):
        while b"imaginaire-1.example" in on_disk(tmp_path):  # noqa: ASYNC110  # no event says so
            await asyncio.sleep(0.01)
    assert b"imaginaire-2.example" in on_disk(tmp_path)


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("filon.db*"))


async def test_a_read_model_of_another_epoch_starts_over(
    campaign: Campaigned, log: Log, read_models: ReadModels, engine: Engine
) -> None:
    await caught_up(read_models, log)
    head = await log.head()
    assert projector.begin(engine, head).sequence == head.last
    assert projector.begin(engine, head._replace(epoch="restored")).sequence == 0
    assert read_models.campaigns("acme") == []


async def test_a_projector_that_was_overtaken_goes_on_from_the_new_position(
    campaign: Campaigned, log: Log, read_models: ReadModels, engine: Engine
) -> None:
    second = asyncio.create_task(projector.run(log, engine))
    for name in ("Summer", "Autumn", "Winter"):
        await campaigns.change(log, person(), campaign.id, ChangeCampaign(name=name))
    await find(person(), campaign, findings(50))
    await caught_up(read_models, log)
    view = read_models.campaign("acme", campaign.id)
    assert view is not None
    assert (view.name, view.metrics.prospects_found) == ("Winter", 50)
    assert not second.done()
    second.cancel()

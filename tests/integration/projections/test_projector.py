"""The read models follow the log, and start over where it is another log."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Engine

from projections import projector
from projections.queries import ProspectQuery, ReadModels, ReadModelsNotBuilt
from services.log import Log
from services.prospecting.handlers.finding import Campaigned, find
from tests.integration.prospecting.conftest import campaign, log, person
from tests.integration.prospecting.test_finding import findings

__all__ = ["campaign", "log"]


@pytest.fixture
async def read_models(log: Log, engine: Engine) -> AsyncIterator[ReadModels]:
    async with projecting(log, engine) as kept:
        yield kept


@contextlib.asynccontextmanager
async def projecting(log: Log, engine: Engine) -> AsyncIterator[ReadModels]:
    """What a projector keeps until the end."""
    work = asyncio.create_task(projector.run(log, engine))
    yield ReadModels(engine)
    work.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await work


async def caught_up(read_models: ReadModels, log: Log) -> None:
    last = (await log.head()).last
    async with asyncio.timeout(150):
        while True:
            with contextlib.suppress(ReadModelsNotBuilt):
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

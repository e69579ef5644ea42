"""Read models are checked against the log, row by row."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, func, insert, update

from events.agent import ActivityReported
from events.prospect import ProspectErased
from projections.rebuild import rebuild
from projections.tables import agents, campaigns, positions, prospects
from services.database import open_engine
from services.log import Log
from services.operations.verify import Difference, OtherLog, verify
from tests.integration.history.shelf import AGENT_ID, CAMPAIGN, at, prospect_id, spring

NARRATED_ID = AGENT_ID.replace("/agent/", "/activity/")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'filon.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
async def log(nats_url: str, engine: Engine) -> AsyncIterator[Log]:
    """With the campaign of the shelf, and read models of it."""
    log = await Log.connect(nats_url)
    await log.append(*spring())
    await rebuild(log, engine)
    yield log
    await log.close()


async def test_what_was_just_rebuilt_has_no_difference(log: Log, engine: Engine) -> None:
    assert await verify(log, engine) == []


async def test_each_kind_of_difference_is_named(log: Log, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(delete(prospects).where(prospects.c.id == "p1-1"))
        other = {"org": "acme", "id": "c-ghost", "created_at": "", "view": "{}"}
        connection.execute(insert(campaigns).values(other))
        more = func.replace(prospects.c.view, '"score":40', '"score":41')
        connection.execute(update(prospects).values(view=more))
        connection.execute(update(agents).values(campaign_id="c-other"))
    assert await verify(log, engine) == [
        Difference("agents", "acme", f"qualifier-{CAMPAIGN}", "column campaign_id"),
        Difference("campaigns", "acme", "c-ghost", "unknown to the log"),
        Difference("prospects", "acme", "p1-1", "missing"),
        Difference("prospects", "acme", "p1-2", "score"),
    ]


async def test_read_models_that_are_behind_are_compared_where_they_are(
    log: Log, engine: Engine
) -> None:
    await log.append(at(9, prospect_id("p1-1"), 4, ProspectErased()))
    assert await verify(log, engine) == []


async def test_an_erasure_under_way_is_no_difference_once_it_is_through(
    log: Log, engine: Engine
) -> None:
    erased = await log.append(at(9, prospect_id("p1-1"), 4, ProspectErased()))
    await log.remove(prospect_id("p1-1"), erased)
    behind = await verify(log, engine)
    assert {(each.table, each.id) for each in behind} == {
        ("campaigns", CAMPAIGN),
        ("prospects", "p1-1"),
    }
    await rebuild(log, engine)
    assert await verify(log, engine) == []


async def test_narration_which_the_log_forgets_is_not_compared(log: Log, engine: Engine) -> None:
    busy = ActivityReported(code="agent.waiting", status="running")
    last = await log.append(at(9, NARRATED_ID, 0, busy))
    await rebuild(log, engine)
    await log.remove(NARRATED_ID, last + 1)
    assert await verify(log, engine) == []


async def test_read_models_of_another_log_are_not_compared(log: Log, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(update(positions).values(epoch="another"))
    with pytest.raises(OtherLog):
        await verify(log, engine)

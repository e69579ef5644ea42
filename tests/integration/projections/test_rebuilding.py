"""The read models are derived: thrown away and built anew, they are the same."""

from sqlalchemy import Engine, select

from projections.queries import ReadModels
from projections.rebuild import rebuild
from projections.tables import agents, campaigns, prospects
from services.log import Log
from services.prospecting.handlers.finding import Campaigned, find
from tests.integration.projections.test_projector import caught_up, read_models
from tests.integration.prospecting.conftest import campaign, log, person
from tests.integration.prospecting.test_finding import findings

__all__ = ["campaign", "log", "read_models"]


def rows(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return sorted(
            tuple(row)
            for table in (campaigns, prospects, agents)
            for row in connection.execute(select(table.c.org, table.c.id, table.c.view))
        )


async def test_rebuilt_beside_a_running_projector_they_hold_the_same(
    campaign: Campaigned, log: Log, read_models: ReadModels, engine: Engine
) -> None:
    await find(person(), campaign, findings(300))
    await caught_up(read_models, log)
    before = rows(engine)
    assert await rebuild(log, engine) == (await log.head()).last
    assert rows(engine) == before
    await find(person(), campaign, findings(301))
    await caught_up(read_models, log)
    assert len(rows(engine)) == len(before) + 1

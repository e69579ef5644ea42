from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.integration.stream.edges import Edge, open_accounts, serving


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_accounts(tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture
async def edge(nats_url: str, engine: Engine) -> AsyncIterator[Edge]:
    async with serving(nats_url, engine) as edge:
        yield edge

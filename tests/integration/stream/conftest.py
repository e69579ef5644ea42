import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import uvloop
from sqlalchemy import Engine

from tests.integration.stream.edges import Edge, open_accounts, serving


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop that an edge runs on."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_accounts(tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture
async def edge(nats_url: str, engine: Engine) -> AsyncIterator[Edge]:
    async with serving(nats_url, engine) as edge:
        yield edge

"""A log with the campaign of the shelf, and its history."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from services.history import FilonHistory
from services.log import Log
from tests.integration.history.shelf import spring


@pytest.fixture
async def log(nats_url: str) -> AsyncIterator[Log]:
    log = await Log.connect(nats_url)
    yield log
    await log.close()


@pytest.fixture
def history(nats_url: str) -> Iterator[FilonHistory]:
    """On a thread of its own, as an analyst has it; the campaign is in the log."""
    asyncio.run(_write(nats_url))
    with FilonHistory({"FILON_NATS_URL": nats_url}) as history:
        yield history


async def _write(nats_url: str) -> None:
    log = await Log.connect(nats_url)
    for event in spring():
        await log.append(event)
    await log.close()

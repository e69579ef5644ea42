"""A log on a server of each test's own."""

from collections.abc import AsyncIterator

import pytest

from services.log import Log


@pytest.fixture
async def log(nats_url: str) -> AsyncIterator[Log]:
    log = await Log.connect(nats_url)
    yield log
    await log.close()

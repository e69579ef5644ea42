import os
import tempfile

os.environ.setdefault("FILON_HOME", tempfile.mkdtemp(prefix="filon-agents-"))

from collections.abc import AsyncIterator

import pytest

from services.log import Log
from services.prospecting.identity import Identity
from tests.integration.agents.stage import SECRET, Stage


@pytest.fixture
async def stage(nats_url: str) -> AsyncIterator[Stage]:
    log = await Log.connect(nats_url, name="test")
    yield Stage(nats_url, log, Identity(bytes.fromhex(SECRET)))
    await log.close()

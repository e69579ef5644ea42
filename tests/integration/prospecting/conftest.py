"""A log on a fresh server, and campaigns in it."""

from collections.abc import AsyncIterator

import pytest

from services.log import Log
from services.prospecting.commands import CreateCampaign
from services.prospecting.context import Context
from services.prospecting.handlers import campaigns
from services.prospecting.handlers.finding import Campaigned
from services.prospecting.identity import Identity
from tests.unit.prospecting.shelf import SOFTWARE

IDENTITY = Identity(b"k" * 32)


@pytest.fixture
async def log(nats_url: str) -> AsyncIterator[Log]:
    log = await Log.connect(nats_url)
    yield log
    await log.close()


@pytest.fixture
async def campaign(log: Log) -> Campaigned:
    """A draft of organisation `acme` that takes CSV lists."""
    described = CreateCampaign(name="Spring", sources=("csv",), targeting=SOFTWARE)
    id, _ = await campaigns.create(log, person(), described)
    return Campaigned(log, IDENTITY, id)


def person() -> Context:
    return Context.of_person("acme", "u-ada")

"""Three nodes that keep a log of three replicas, and one that lags behind the others."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from services.log import Log
from tests.integration.log.cluster import Cluster, Node, three


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with three(tmp_path) as cluster:
        yield cluster


@pytest.fixture
async def log(cluster: Cluster) -> AsyncIterator[Log]:
    log = await Log.connect(cluster.url, replicas=3)
    await cluster.leader(log.nc)
    yield log
    await log.close()


@pytest.fixture
async def laggard(cluster: Cluster, log: Log) -> AsyncIterator[Node]:
    """A follower that comes after the others and answers questions all the same."""
    node = await cluster.follower(log.nc)
    async with node.slowed():
        yield node

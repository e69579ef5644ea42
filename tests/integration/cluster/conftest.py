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
    """By the node that leads."""
    founder = await Log.connect(cluster.url, replicas=3)
    leader = await cluster.leader(founder.nc)
    await founder.close()
    log = await Log.connect(leader.url)
    yield log
    await log.close()


@pytest.fixture
async def laggard(cluster: Cluster, log: Log) -> AsyncIterator[Node]:
    """A follower that comes after the others and answers questions all the same."""
    node = await cluster.follower(log.nc)
    async with node.slowed():
        yield node


@pytest.fixture
async def behind(laggard: Node) -> AsyncIterator[Log]:
    """By the follower that lags behind, which answers what it can answer itself."""
    log = await Log.connect(laggard.url)
    yield log
    await log.close()

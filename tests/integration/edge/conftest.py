from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.edge.edges import Edge, home_of, projecting, serving


@pytest.fixture
def home(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty FILON_HOME with its first account named, and a database on either engine."""
    for name in ("FILON_DATABASE_URL", "FILON_JWT_KEY", "FILON_IDENTITY_KEY", "FILON_ENV"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {**home_of(tmp_path), "FILON_STREAM_DRAIN": "0"}.items():
        monkeypatch.setenv(name, value)
    if not database_url.startswith("sqlite"):
        monkeypatch.setenv("FILON_DATABASE_URL", database_url)
    return tmp_path / "filon"


@pytest.fixture
async def edge(nats_url: str, home: Path) -> AsyncIterator[Edge]:
    """A ready edge, with a projector beside it."""
    async with projecting(nats_url), serving(nats_url) as edge:
        await edge.ready()
        yield edge


@pytest.fixture
async def edge_alone(nats_url: str, home: Path) -> AsyncIterator[Edge]:
    """An edge whose read models nobody keeps."""
    async with serving(nats_url) as edge:
        yield edge

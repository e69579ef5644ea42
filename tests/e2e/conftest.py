"""One running platform for the tests that share it, and one of its own for those that break it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.platform import Platform, running


@pytest.fixture(scope="session")
def filon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A platform that every test may use and none may break."""
    with running(tmp_path_factory.mktemp("filon")) as platform:
        yield platform


@pytest.fixture
def own_filon(tmp_path: Path) -> Iterator[Platform]:
    """A platform to kill."""
    with running(tmp_path) as platform:
        yield platform

"""What a machine may lack that some tests need, so that what is left out is always named."""

import os
import shutil
from functools import cache

import docker
from docker.errors import DockerException

from tests.postgres_servers import NoPostgreSQL, binaries

REQUIRED = frozenset(filter(None, os.environ.get("FILON_REQUIRE", "").split(",")))
"""What may not be left out: each of `FILON_REQUIRE=chromium,docker,npm,postgres` makes its omission
an error; `npm` is for `make page`."""

IN_CONTAINERS = os.environ.get("FILON_TESTS_NATS") == "container"
"""Whether each test's nats-server is a container; the tests that carry `docker` use one anyhow."""


@cache
def chromium() -> str | None:
    """Where Chromium is, by its usual names."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


@cache
def docker_refusal() -> str | None:
    """Why there is no Docker engine to test with; None when one answers."""
    try:
        docker.from_env(timeout=10).ping()
    except DockerException as error:
        return f"no Docker engine answers ({type(error).__name__})"
    return None


@cache
def postgres_refusal() -> str | None:
    """Why there is no PostgreSQL to test with; None where one can be started."""
    if docker_refusal() is None:
        return None
    try:
        binaries()
    except NoPostgreSQL:
        return "no Docker engine answers, and PostgreSQL is not installed"
    return None


def missing() -> dict[str, str]:
    """Marker → why its tests can't run on this machine."""
    reasons = {
        "chromium": None if chromium() else "no Chromium is installed",
        "docker": docker_refusal(),
        "postgres": postgres_refusal(),
    }
    return {marker: reason for marker, reason in reasons.items() if reason}

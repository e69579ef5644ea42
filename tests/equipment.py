"""What a machine may lack that some tests need, so that what is left out is always named."""

import os
import shutil
from functools import cache

import docker
from docker.errors import DockerException, ImageNotFound, NotFound

from tests.nats_servers import IMAGE

REQUIRED = frozenset(filter(None, os.environ.get("FILON_REQUIRE", "").split(",")))
"""What may not be left out: `FILON_REQUIRE=chromium,docker` makes an omission an error."""


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
def container_refusal() -> str | None:
    """Why the NATS of the tests is no container; None when it is one."""
    if os.environ.get("FILON_TESTS_NATS") == "local":
        return "FILON_TESTS_NATS=local"
    if refusal := docker_refusal():
        return refusal
    images = docker.from_env(timeout=60).images
    try:
        images.get(IMAGE)
    except ImageNotFound:
        return _pull_refusal()
    return None


def _pull_refusal() -> str | None:
    name, tag = IMAGE.split(":")
    try:
        docker.from_env(timeout=120).images.pull(name, tag)
    except (NotFound, DockerException) as error:
        return f"{IMAGE} can't be pulled ({type(error).__name__})"
    return None


def missing() -> dict[str, str]:
    """Marker → why its tests can't run on this machine."""
    reasons = {
        "chromium": None if chromium() else "no Chromium is installed",
        "docker": docker_refusal(),
    }
    return {marker: reason for marker, reason in reasons.items() if reason}

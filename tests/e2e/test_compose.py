"""The containers of compose.yaml, as an operator brings them up."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.e2e.platform import free_port
from tests.integration.supervisor.running import eventually

ROOT = Path(__file__).parents[2]
PASSWORD = "correct horse battery staple"

pytestmark = [pytest.mark.docker, pytest.mark.timeout(900)]


@dataclass(frozen=True)
class Composed:
    """A project of its own name, so that it meets no other."""

    url: str
    project: str
    environment: dict[str, str]

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [*_compose(), "-p", self.project, "-f", str(ROOT / "compose.yaml"), *arguments],
            env=self.environment,
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-4000:]
        return done.stdout

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False


def _compose() -> list[str]:
    """The plug-in, else the program that came before it."""
    with_plugin = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    if with_plugin.returncode == 0:
        return ["docker", "compose"]
    assert shutil.which("docker-compose"), "neither `docker compose` nor docker-compose is here"
    return ["docker-compose"]


@pytest.fixture
def composed() -> Iterator[Composed]:
    port = free_port()
    project = f"filon-test-{port}"
    environment = {
        **os.environ,
        "FILON_ENV": "production",
        "FILON_PORT": str(port),
        "FILON_ORG": "acme",
        "FILON_ADMIN_EMAIL": "ada@acme.example",
        "FILON_ADMIN_PASSWORD": PASSWORD,
        "FILON_JWT_KEY": secrets.token_hex(32),
        "FILON_IDENTITY_KEY": secrets.token_hex(32),
    }
    running = Composed(f"http://127.0.0.1:{port}", project, environment)
    try:
        yield running
    finally:
        running.run("down", "--volumes")


def test_compose_brings_the_same_processes_up_and_they_score_a_campaign(
    composed: Composed,
) -> None:
    composed.run("up", "--detach", "--build")
    eventually(composed.answers, within=120)

    with httpx.Client(base_url=f"{composed.url}/api", timeout=30) as client:
        credentials = {"email": "ada@acme.example", "password": PASSWORD}
        session = client.post("/auth/login", json=credentials)
        assert session.status_code == 200, session.text
        client.headers["Authorization"] = f"Bearer {session.json()['token']}"
        asked = {"sections": ["J"]}
        wish = {"name": "Containers", "sources": ["sample"], "targeting": asked}
        campaign = client.post("/campaigns", json=wish).json()["id"]
        client.post(f"/campaigns/{campaign}/start").raise_for_status()

        def completed() -> bool:
            status = client.get(f"/campaigns/{campaign}").json()["status"]
            return bool(status == "completed")

        eventually(completed, within=180)
        prospects = client.get("/prospects", params={"campaignId": campaign}).json()

    assert prospects
    assert all(prospect["factors"] for prospect in prospects)
    running = composed.run("ps", "--services", "--filter", "status=running").split()
    assert sorted(running) == ["agents", "edge", "nats", "projector"]

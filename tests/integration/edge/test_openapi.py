"""The API does what its OpenAPI document says, whatever it is sent."""

import asyncio
import re
import sys
from pathlib import Path

import httpx
import pytest

from tests.databases import ON_SQLITE
from tests.integration.edge.edges import Edge

pytestmark = ON_SQLITE

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
SECONDS = 45
"""What fuzzing may take; the run as a whole on a busy machine takes some more."""


@pytest.mark.timeout(400)
async def test_what_is_generated_from_the_description_finds_no_fault(
    edge: Edge, tmp_path: Path
) -> None:
    token, _ = edge.parts.sessions.open("u-1", "acme", "admin", "en")
    run = await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name("schemathesis"),
        *("--config-file", CONFIGURATION, "run", f"{edge.url}/openapi.json"),
        *("--header", f"Authorization: Bearer {token}", "--exclude-path", "/api/auth/logout"),
        *("--max-examples", "5", "--max-time", str(SECONDS), "--seed", "1", "--no-color"),
        *("--phases", "examples,coverage,fuzzing"),
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await run.communicate()
    assert run.returncode == 0, output.decode()


async def test_every_call_documents_its_problems(edge: Edge) -> None:
    async with httpx.AsyncClient(base_url=edge.url) as client:
        document = (await client.get("/openapi.json")).json()
    assert "ProblemDetails" in document["components"]["schemas"]
    assert "HTTPValidationError" not in document["components"]["schemas"]
    for path, item in document["paths"].items():
        for method, call in item.items():
            if path.startswith("/api") and path != "/api/auth/login":
                assert "401" in call["responses"], (method, path)
            if "{" in path:
                assert "404" in call["responses"], (method, path)


async def test_each_operation_has_a_name_that_a_generated_client_can_bear(edge: Edge) -> None:
    async with httpx.AsyncClient(base_url=edge.url) as client:
        document = (await client.get("/openapi.json")).json()
    names = [call["operationId"] for item in document["paths"].values() for call in item.values()]

    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)+", name) for name in names), names
    assert not {word for name in names for word in name.split("_")} & {"one", "every", "api"}


@pytest.mark.parametrize("path", ["/", "/assets/main.js", "/healthz", "/docs", "/api/campaigns"])
async def test_head_answers_what_get_would_without_its_body(edge: Edge, path: str) -> None:
    async with edge.browser() as client:
        full, head = await client.get(path), await client.head(path)

    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "etag"):
        assert head.headers.get(name) == full.headers.get(name)


async def test_head_of_the_stream_which_has_no_end_is_refused(edge: Edge) -> None:
    async with edge.browser() as client:
        head = await client.head("/api/stream")

    assert (head.status_code, head.headers["allow"]) == (405, "GET")

"""What operators rely on: health, readiness, metrics, headers, and words for the unexpected."""

import asyncio

import httpx
import pytest

from services.edge.app import create_app
from services.edge.settings import EdgeSettings
from services.edge.stream import StreamSettings
from services.edge.stream.frames import NAMES
from services.settings import UnusableSetting
from tests.databases import ON_SQLITE
from tests.integration.edge.edges import EMAIL, PASSWORD, Edge, projecting, serving
from tests.nats_servers import NatsServer

pytestmark = ON_SQLITE


async def _until_ready(client: httpx.AsyncClient) -> None:
    while (await client.get("/readyz")).status_code != 200:  # noqa: ASYNC110  # asked over HTTP
        await asyncio.sleep(0.05)


async def test_ready_once_the_read_models_hold_the_log_and_no_more_once_draining(
    edge: Edge,
) -> None:
    async with edge.client() as client, asyncio.timeout(150):
        await _until_ready(client)
        edge.app.state.hub.settings = StreamSettings(drain=5)
        edge.server.should_exit = True
        while (draining := await client.get("/readyz")).status_code == 200:
            pass
        assert draining.json()["code"] == "Draining"
        assert (await client.get("/healthz")).json() == {"status": "ok"}
        async with edge.bearer() as listener:
            refused = await listener.get("/api/stream")
        assert (refused.status_code, refused.json()["code"]) == (503, "Draining")
        assert refused.headers["x-content-type-options"] == "nosniff"


async def test_not_ready_without_read_models(edge_alone: Edge) -> None:
    async with edge_alone.client() as client:
        assert (await client.get("/readyz")).status_code == 503
        assert (await client.get("/healthz")).status_code == 200


async def test_an_edge_that_was_there_before_the_projector_is_ready_once_it_runs(
    nats_url: str, home: object
) -> None:
    async with serving(nats_url) as edge, edge.client() as client, asyncio.timeout(150):
        assert (await client.get("/readyz")).status_code == 503
        async with projecting(nats_url):
            await _until_ready(client)


async def test_while_nats_is_away_reads_go_on_and_commands_say_so(
    edge: Edge, nats_server: NatsServer
) -> None:
    async with edge.browser() as client:
        nats_server.kill9()
        try:
            assert (await client.get("/api/campaigns")).status_code == 200
            assert (await client.get("/healthz")).status_code == 200
            assert (await client.get("/readyz")).status_code == 503
            refused = await client.post("/api/campaigns", json={"name": "x", "sources": []})
            assert (refused.status_code, refused.json()["code"]) == (503, "LogUnavailable")
            assert "retry-after" in refused.headers
        finally:
            nats_server.restart()
        async with asyncio.timeout(150):
            await _until_ready(client)
        made = await client.post("/api/campaigns", json={"name": "x", "sources": []})
        assert made.status_code == 201


async def test_every_answer_carries_security_headers_and_a_correlation_id(edge: Edge) -> None:
    async with edge.client() as client:
        for path in ("/", "/docs", "/docs/problems", "/api/campaigns", "/nothing", "/metrics"):
            answer = await client.get(path)
            assert answer.headers["x-content-type-options"] == "nosniff", path
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["x-correlation-id"] and "server" not in answer.headers
        assert (await client.get("/nothing")).json()["correlationId"]


async def test_what_nobody_foresaw_is_a_problem_too(edge: Edge) -> None:
    @edge.app.get("/broken")
    async def broken() -> None:
        raise LookupError

    async with edge.client() as client:
        answer = await client.get("/broken")
        assert (answer.status_code, answer.json()["code"]) == (500, "ServerError")
        assert answer.headers["x-correlation-id"] in answer.json()["detail"]


async def test_metrics_count_requests_by_route(edge: Edge) -> None:
    async with edge.browser() as client:
        await client.get("/api/campaigns")
        counted = (await client.get("/metrics")).text
        assert 'filon_http_request_seconds_count{method="GET",route="/api/campaigns"' in counted


async def test_the_docs_need_no_script_and_name_every_problem(edge: Edge) -> None:
    async with edge.client() as client:
        page = (await client.get("/docs")).text
        assert "<script" not in page and "/api/campaigns/{campaign_id}/start" in page
        types = (await client.get("/docs/problems")).text
        for anchor in ("already-started", "csv-pdf", "too-large", "stale"):
            assert f'id="{anchor}"' in types


async def test_the_stream_is_described_message_by_message(edge: Edge) -> None:
    async with edge.client() as client:
        document = (await client.get("/asyncapi")).json()
    messages = document["components"]["messages"]
    assert set(messages) >= NAMES | {"READY", "RESET", "ERROR", "SUBSCRIBE", "AUTH"}
    found = document["components"]["schemas"]["Found"]
    assert {"prospect", "score", "campaignId"} == set(found["required"])


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"FILON_JWT_KEY": "short"},
        {"FILON_JWT_KEY": "00" * 32},
    ],
    ids=["no key", "too short", "no randomness"],
)
def test_production_refuses_missing_and_weak_keys(
    home: object, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ({"FILON_ENV": "production"} | environ).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(UnusableSetting):
        create_app(EdgeSettings.load())


async def test_production_marks_its_cookie_secure(
    nats_url: str, home: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILON_ENV", "production")
    monkeypatch.setenv("FILON_JWT_KEY", "8f3c" * 8 + "0123456789abcdef" * 4)
    monkeypatch.setenv("FILON_IDENTITY_KEY", "8f3c" * 8 + "0123456789abcdef" * 4)
    async with serving(nats_url) as edge, edge.client() as client:
        said = {"email": EMAIL, "password": PASSWORD}
        answer = await client.post("/api/auth/login", json=said)
        assert "secure" in answer.headers["set-cookie"].lower()
        assert "strict-transport-security" in answer.headers
        origin = {"Origin": "http://localhost:3000"}
        assert (await client.post("/api/auth/login", json=said, headers=origin)).status_code == 403

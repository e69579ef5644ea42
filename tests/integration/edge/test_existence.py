"""A command, a read and an erasure agree about what exists, however far the read models are."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest

from services.edge.http import consistency
from tests.databases import ON_SQLITE
from tests.integration.edge.edges import Edge, campaign, projecting, send_list, serving

pytestmark = ON_SQLITE


@dataclass(frozen=True)
class Written:
    """What the log holds, and no read model yet."""

    edge: Edge
    client: httpx.AsyncClient
    campaign: str
    prospect: str
    agent: str

    @property
    def paths(self) -> dict[str, str]:
        """Each read by id."""
        campaign = f"/api/campaigns/{self.campaign}"
        return {
            "campaign": campaign,
            "spreadsheet": f"{campaign}/prospects.csv",
            "prospect": f"/api/prospects/{self.prospect}",
            "agent": f"/api/agents/{self.agent}",
        }


@pytest.fixture
async def written(nats_url: str, edge_alone: Edge) -> AsyncIterator[Written]:
    async with unread(edge_alone) as written:
        yield written


@asynccontextmanager
async def unread(edge: Edge) -> AsyncIterator[Written]:
    """A started campaign with two prospects; its client asks for no cursor."""
    async with edge.bearer() as client:
        client.event_hooks = {}
        id = (await campaign(client))["id"]
        assert (await send_list(client, id)).json()["accepted"] == 2
        assert (await client.post(f"/api/campaigns/{id}/start")).status_code == 200
        told = (await client.get(f"/api/campaigns/{id}/events?types=ProspectFound")).text
        prospect = told.partition('"aggregate":{"kind":"prospect","id":"')[2].partition('"')[0]
        yield Written(edge, client, id, prospect, f"qualifier-{id}")


async def test_a_read_waits_for_what_the_log_holds_and_no_read_model_does_yet(
    nats_url: str, written: Written
) -> None:
    async def status(path: str) -> int:
        return (await written.client.get(path)).status_code

    reading = asyncio.gather(*map(status, written.paths.values()))
    async with projecting(nats_url):
        assert set(await reading) == {200}


async def test_read_models_that_stay_behind_are_said_to_be_behind_never_not_found(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consistency, "READ_WAITS_S", 0.01)
    for name, path in written.paths.items():
        answer = await written.client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (503, "ReadModelsBehind"), name
        assert int(answer.headers["retry-after"]) >= 1
        missing = path.replace(written.campaign, "c-nobody").replace(written.prospect, "p1-nobody")
        assert (await written.client.get(missing)).status_code == 404, name


async def test_what_is_read_from_the_log_needs_no_read_model(written: Written) -> None:
    history = await written.client.get(f"/api/prospects/{written.prospect}/history")
    assert [each["type"] for each in history.json()] == ["ProspectFound"]
    events = await written.client.get(f"/api/campaigns/{written.campaign}/events")
    assert len(events.text.splitlines()) >= 4


async def test_every_command_carries_on_without_read_models(written: Written) -> None:
    client, path = written.client, f"/api/campaigns/{written.campaign}"
    changed = await client.patch(path, json={"threshold": 12})
    assert (changed.status_code, changed.json()["threshold"]) == (200, 12)
    stopped = await client.post(f"/api/agents/{written.agent}/stop")
    assert (stopped.json()["status"], stopped.json()["role"]) == ("stopped", "qualifier")
    retried = await client.post(f"/api/prospects/{written.prospect}/retry")
    assert (retried.status_code, retried.json()["code"]) == (409, "NotFailed")
    assert (await client.post(f"{path}/pause")).json() == {"status": "paused"}


async def test_an_erasure_is_carried_out_and_not_contradicted_by_read_models_that_lag(
    nats_url: str, written: Written
) -> None:
    client, path = written.client, f"/api/prospects/{written.prospect}"
    for _ in range(2):  # asked for again, it goes on where it was interrupted
        erased = await client.delete(path)
        assert (erased.status_code, erased.json()["status"]) == (200, "erased")
        for read in (path, f"{path}/history"):
            assert (await client.get(read)).status_code == 404, read
    assert (await client.post(f"{path}/retry")).status_code == 404
    other = await client.delete("/api/prospects/p1-nobody")
    assert (other.status_code, other.json()["code"]) == (404, "ProspectNotFound")


async def test_an_erased_prospect_is_not_shown_by_read_models_that_still_hold_it(
    nats_url: str, edge_alone: Edge
) -> None:
    async with unread(edge_alone) as written:
        path = f"/api/prospects/{written.prospect}"
        async with projecting(nats_url):
            assert (await written.client.get(path)).status_code == 200
        assert (await written.client.delete(path)).status_code == 200
        held = await asyncio.to_thread(
            edge_alone.parts.read_models.prospect, "acme", written.prospect
        )
        assert held is not None
        assert (await written.client.get(path)).status_code == 404


async def test_what_exists_exists_at_every_edge_at_once(nats_url: str, edge_alone: Edge) -> None:
    async with serving(nats_url) as other, unread(edge_alone) as written, other.bearer() as client:
        path = f"/api/prospects/{written.prospect}"
        assert (await client.get(f"{path}/history")).status_code == 200
        assert (await client.delete(path)).status_code == 200
        assert (await written.client.get(f"{path}/history")).status_code == 404


async def test_an_id_that_can_be_none_is_not_found(edge_alone: Edge) -> None:
    async with edge_alone.bearer() as client:
        for id in ("*", "é", "a.b", "%3E", "x" * 65):
            for path in (f"/api/prospects/{id}", f"/api/campaigns/{id}", f"/api/agents/a-{id}"):
                assert (await client.get(path)).status_code == 404, path
            assert (await client.delete(f"/api/prospects/{id}")).status_code == 404

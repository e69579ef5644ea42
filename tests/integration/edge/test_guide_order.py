"""The guide's own order, word for word: await the REST call, and only then listen for its frame."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.typing import Origin

from services.edge.stream import StreamSettings
from tests.databases import ON_SQLITE
from tests.integration.edge.edges import Edge, campaign, projecting, serving

pytestmark = ON_SQLITE

ORGANISATIONS, ROUNDS = 10, 10
"""A hundred campaigns."""
UNHEARD_S = 60.0
"""In place of the hold's own bound, so that only the answer's leaving can end it."""
AFTER_ANSWER_S = 0.5
"""This process plays edges and browsers at once: what a browser needs to go on after `await`."""


class WebSocketManager:
    """The guide's: a frame goes to those who listen for its type by then, and to nobody else."""

    def __init__(self) -> None:
        self._listeners: dict[str, list[Callable[[dict[str, Any]], None]]] = defaultdict(list)
        self.unheard: list[str] = []

    @asynccontextmanager
    async def connected(self, edge: Edge, org: str) -> AsyncIterator[None]:
        token, _ = edge.parts.sessions.open("u-admin", org, "admin", "fr")
        url = f"{edge.url.replace('http', 'ws', 1)}/ws"
        headers = {"Cookie": f"filon_session={token}"}
        async with connect(url, additional_headers=headers, origin=Origin(edge.url)) as socket:
            assert json.loads(await socket.recv())["type"] == "READY"
            reading = asyncio.create_task(self._read(aiter(socket)))
            yield
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def _read(self, messages: AsyncIterator[str | bytes]) -> None:
        async for message in messages:
            frame = json.loads(message)
            listeners = self._listeners.get(frame["type"], [])
            if not listeners:
                self.unheard.append(frame["type"])
            for tell in tuple(listeners):
                tell(frame["payload"])

    async def heard(self, *events: str) -> list[dict[str, Any]]:
        """Subscribes now, and goes once each was told, in whichever order."""
        frames: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        for event in set(events):
            self._listeners[event].append(frames.put_nowait)
        told = [await frames.get() for _ in events]
        for event in set(events):
            self._listeners[event].remove(frames.put_nowait)
        return told


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    patient = StreamSettings(hold_s=UNHEARD_S, after_answer_s=AFTER_ANSWER_S, drain=0)
    monkeypatch.setattr(StreamSettings, "load", lambda: patient)


@pytest.mark.parametrize("where", ["the same edge", "another edge"])
async def test_who_awaits_the_answer_and_listens_only_then_misses_no_frame(
    nats_url: str, edge_alone: Edge, where: str
) -> None:
    async with projecting(nats_url), serving(nats_url) as other, asyncio.TaskGroup() as group:
        watched = edge_alone if where == "the same edge" else other
        for number in range(ORGANISATIONS):
            group.create_task(_one_page(edge_alone, watched, f"org-{number}"))


async def _one_page(edge: Edge, watched: Edge, org: str) -> None:
    manager = WebSocketManager()
    async with manager.connected(watched, org), edge.bearer(org) as client:
        for _ in range(ROUNDS):
            await _follow_one_campaign(manager, client)


async def _follow_one_campaign(manager: WebSocketManager, client: httpx.AsyncClient) -> None:
    id = (await campaign(client, sources=["sample"]))["id"]
    here, agent = f"/api/campaigns/{id}", f"/api/agents/qualifier-{id}"
    for path, *caused in (
        (f"{here}/start", "CAMPAIGN_STARTED", "AGENT_ACTIVITY", "AGENT_ACTIVITY"),
        (f"{here}/pause", "CAMPAIGN_PAUSED"),
        (f"{here}/resume", "CAMPAIGN_RESUMED"),
        (f"{agent}/stop", "AGENT_ACTIVITY"),
        (f"{agent}/start", "AGENT_ACTIVITY"),
        (f"{here}/cancel", "CAMPAIGN_CANCELLED", "AGENT_ACTIVITY", "AGENT_ACTIVITY"),
    ):
        manager.unheard.clear()
        answer = await client.post(path)
        assert answer.status_code == 200, answer.text
        assert not set(caused) & set(manager.unheard), f"{manager.unheard} before the answer"
        assert {told["campaignId"] for told in await manager.heard(*caused)} == {id}

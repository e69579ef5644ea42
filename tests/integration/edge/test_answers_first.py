"""Who awaits a command's answer and subscribes only then, as the guide does, misses nothing."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from services.edge.cursor import Cursor
from tests.asyncapi_messages import fits
from tests.databases import ON_SQLITE
from tests.integration.edge.edges import Edge, send_list, serving

pytestmark = ON_SQLITE

ORGANISATIONS, ROUNDS = 10, 3
"""Of eight commands each."""
PATIENCE_S = 0.5
"""Between an answer and its frames: this process plays the edges and the browsers at once."""
TYPES = (
    "CAMPAIGN_CREATED,CAMPAIGN_IMPORTED,CAMPAIGN_STARTED,CAMPAIGN_PAUSED,CAMPAIGN_RESUMED,"
    "CAMPAIGN_CANCELLED,AGENT_ACTIVITY"
)


class Page:
    """One browser: a socket that listens all the time, and calls that it awaits one by one."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._unread: asyncio.Queue[str] = asyncio.Queue()
        self.told: list[str] = []
        self.sequences: list[int] = []

    async def listen(self) -> None:
        async for text in self._socket:
            frame: dict[str, Any] = json.loads(text)
            fits(frame)
            if frame["type"] in TYPES:
                self.sequences.append(Cursor.parse(frame["cursor"]).sequence)
                self._unread.put_nowait(frame["type"])

    async def command(self, call: Awaitable[httpx.Response], *caused: str) -> None:
        """The frames that it causes come in this order, and none before its answer."""
        answer = await call
        assert answer.is_success, answer.text
        assert self._unread.empty(), f"{self._unread.get_nowait()} came before the answer"
        for type in caused:
            assert await self._unread.get() == type


@asynccontextmanager
async def watching(edge: Edge, org: str) -> AsyncIterator[Page]:
    token, _ = edge.app.state.access.open("u-admin", org, "admin", "fr")
    url = f"{edge.url.replace('http', 'ws')}/ws?types={TYPES}"
    headers = {"Cookie": f"filon_session={token}"}
    async with connect(url, additional_headers=headers, origin=Origin(edge.url)) as socket:
        assert json.loads(await socket.recv())["type"] == "READY"
        page = Page(socket)
        listening = asyncio.create_task(page.listen())
        try:
            yield page
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


@pytest.mark.parametrize("where", ["the same edge", "another edge"])
async def test_what_a_command_caused_is_told_after_its_answer_and_in_order(
    edge: Edge, nats_url: str, where: str
) -> None:
    async with serving(nats_url) as other:
        for each in (edge, other):
            each.app.state.hub.hold.after_answer_s = PATIENCE_S
        watched = edge if where == "the same edge" else other
        orgs = [f"org-{number}" for number in range(ORGANISATIONS)]
        async with asyncio.TaskGroup() as group:
            works = [group.create_task(_work(edge, watched, org)) for org in orgs]
    for sequences in (work.result() for work in works):
        assert sequences == sorted(set(sequences))
        assert len(sequences) == ROUNDS * 12


async def _work(edge: Edge, watched: Edge, org: str) -> list[int]:
    async with watching(watched, org) as page, edge.bearer(org) as client:
        for _ in range(ROUNDS):
            await _run_one_campaign(page, client)
        return page.sequences


async def _run_one_campaign(page: Page, client: httpx.AsyncClient) -> None:
    said = {"name": "Spring", "sources": ["csv"]}
    created: list[httpx.Response] = []

    async def create() -> httpx.Response:
        created.append(await client.post("/api/campaigns", json=said))
        return created[0]

    await page.command(create(), "CAMPAIGN_CREATED")
    id = created[0].json()["id"]
    await page.command(send_list(client, id), "CAMPAIGN_IMPORTED")
    here, agent = f"/api/campaigns/{id}", f"/api/agents/qualifier-{id}"
    both = ["AGENT_ACTIVITY"] * 2
    await page.command(client.post(f"{here}/start"), "CAMPAIGN_STARTED", *both)
    await page.command(client.post(f"{here}/pause"), "CAMPAIGN_PAUSED")
    await page.command(client.post(f"{here}/resume"), "CAMPAIGN_RESUMED")
    await page.command(client.post(f"{agent}/stop"), "AGENT_ACTIVITY")
    await page.command(client.post(f"{agent}/start"), "AGENT_ACTIVITY")
    await page.command(client.post(f"{here}/cancel"), "CAMPAIGN_CANCELLED", *both)

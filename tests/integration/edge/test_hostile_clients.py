"""What a hostile client may try, and what the edge does about it."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest

from services.accounts.hashing import AT_ONCE, WAITING
from services.edge.http.middleware import LARGEST_BODY_BYTES
from services.edge.stream.wire import sse_protocol
from tests.databases import ON_SQLITE
from tests.integration.edge.edges import EMAIL, PASSWORD, Edge, campaign, send_list

pytestmark = ON_SQLITE


async def spaces() -> AsyncIterator[bytes]:
    for _ in range(8):
        yield b" " * (LARGEST_BODY_BYTES // 4)


@pytest.mark.parametrize("id", ["c-1", "import", "preview"])
async def test_a_body_that_does_not_say_how_large_it_is_is_bounded_whatever_the_campaign_is_called(
    edge_alone: Edge, id: str
) -> None:
    async with edge_alone.client() as stranger:
        headers = {"Content-Type": "application/json"}
        answer = await stranger.patch(f"/api/campaigns/{id}", content=spaces(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "TooLarge")


@pytest.mark.parametrize("budget", ['{"tokens": 1180591620717411303424}', '{"euros": 1e999}'])
async def test_a_budget_beyond_any_number_that_browsers_can_be_told_is_refused(
    edge_alone: Edge, budget: str
) -> None:
    body = f'{{"name": "Spring", "sources": ["sample"], "budget": {budget}}}'
    async with edge_alone.bearer() as client:
        headers = {"Content-Type": "application/json"}
        answer = await client.post("/api/campaigns", content=body, headers=headers)
    assert answer.status_code == 422, answer.text


async def test_facts_asked_for_twice_by_name_come_once(edge: Edge) -> None:
    async with edge.bearer() as client:
        id = (await campaign(client))["id"]
        asked = {"types": "CampaignCreated,CampaignCreated"}
        lines = (await client.get(f"/api/campaigns/{id}/events", params=asked)).text.splitlines()
    assert [json.loads(line)["type"] for line in lines] == ["CampaignCreated"]


async def test_the_key_of_a_refused_list_is_free_for_the_corrected_one(edge: Edge) -> None:
    async with edge.bearer() as client:
        id = (await campaign(client))["id"]
        key = {"Idempotency-Key": "list-1"}
        assert (await send_list(client, id, b"%PDF-1.7", **key)).status_code == 415
        assert (await send_list(client, id, **key)).status_code == 200


async def test_guesses_that_come_all_at_once_are_slowed_down_like_others(edge_alone: Edge) -> None:
    async with edge_alone.client() as client:

        async def guess(number: int) -> int:
            said = {"email": EMAIL, "password": f"a wrong guess {number}"}
            return (await client.post("/api/auth/login", json=said)).status_code

        answers = await asyncio.gather(*map(guess, range(20)))
    heard = answers.count(401)
    assert heard < 10, answers
    assert answers.count(429) == 20 - heard


async def test_who_signs_in_behind_a_flood_is_told_to_come_back(edge_alone: Edge) -> None:
    go_on, hashing = asyncio.Event(), edge_alone.parts.hashing

    async def sign_in() -> None:
        async with hashing.turn():
            await go_on.wait()

    flood = [asyncio.create_task(sign_in()) for _ in range(AT_ONCE + WAITING)]
    async with edge_alone.client() as client:
        said = {"email": EMAIL, "password": PASSWORD}
        slowed = await client.post("/api/auth/login", json=said)
        assert (slowed.status_code, slowed.json()["code"]) == (429, "SlowDown")
        assert int(slowed.headers["retry-after"]) >= 1
        go_on.set()
        await asyncio.gather(*flood)
        assert (await client.post("/api/auth/login", json=said)).status_code == 200


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHos"])
async def test_a_head_that_never_comes_is_not_waited_for(
    edge_alone: Edge, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(sse_protocol, "HEAD_WITHIN_S", 0.05)
    reader, writer = await connected(edge_alone)
    writer.write(sent)
    assert await told(reader) == b""
    writer.close()


async def test_a_head_without_end_is_refused(edge_alone: Edge) -> None:
    reader, writer = await connected(edge_alone)
    writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ")
    answer = asyncio.create_task(told(reader))
    with contextlib.suppress(ConnectionError):
        while not answer.done():
            writer.write(b"a" * 4096)
            await writer.drain()
            await asyncio.sleep(0.001)
    assert (await answer).startswith(b"HTTP/1.1 400 ")
    writer.close()


async def connected(edge: Edge) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    where = urlsplit(edge.url)
    return await asyncio.open_connection(where.hostname, where.port)


async def told(reader: asyncio.StreamReader) -> bytes:
    """Until the edge hangs up."""
    try:
        return await reader.read(200)
    except ConnectionResetError:
        return b""

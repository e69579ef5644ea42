"""The same messages over `/api/stream`."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from services.edge.cursor import Cursor
from services.edge.stream import StreamSettings
from services.edge.stream.close_codes import Code
from tests.asyncapi_messages import fits
from tests.integration.stream.clients import numbers, sequences
from tests.integration.stream.edges import ORIGIN, Edge, bulky, scored, serving, until


class Source:
    """An EventSource: reads blocks, keeps the last id."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.aiter_lines()
        self.last_id = ""

    async def block(self) -> dict[str, str]:
        fields: dict[str, str] = {}
        async for line in self._lines:
            if not line:
                return fields
            name, _, value = line.partition(": ")
            fields[name] = value
        raise EOFError

    async def message(self) -> dict[str, Any]:
        while "data" not in (block := await self.block()):
            pass
        self.last_id = block.get("id", self.last_id)
        frame: dict[str, Any] = json.loads(block["data"])
        fits(frame)
        assert block.get("id", frame["cursor"]) == frame["cursor"]
        return frame | {"id": block.get("id")}

    async def facts(self, count: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while len(found) < count:
            frame = await self.message()
            if frame["id"] is not None:
                found.append(frame)
        return found


@asynccontextmanager
async def source(edge: Edge, query: str = "", **headers: str) -> AsyncIterator[Source]:
    async with (
        httpx.AsyncClient(timeout=120) as client,
        client.stream("GET", edge.sse + query, headers={**edge.cookie(), **headers}) as response,
    ):
        yield Source(response)


async def test_facts_carry_their_cursor_as_id_and_signals_carry_none(edge: Edge) -> None:
    async with source(edge) as events:
        assert events.response.headers["content-type"].startswith("text/event-stream")
        assert events.response.headers["x-accel-buffering"] == "no"
        assert (await events.block())["retry"]
        ready = await events.message()
        assert (ready["type"], ready["id"]) == ("READY", None)
        await edge.log.append(scored("acme", "c-1", 5), scored("globex", "c-1", 6))
        (fact,) = await events.facts(1)
    assert numbers([fact]) == [5]


async def test_last_event_id_resumes_where_the_browser_was(edge: Edge) -> None:
    await edge.log.append(*(scored("acme", "c-1", number) for number in range(30)))
    async with source(edge, f"?after={Cursor(edge.hub.epoch, 0).encode()}") as events:
        first = await events.facts(10)
    last = {"Last-Event-ID": events.last_id}
    async with source(edge, f"?after={Cursor(edge.hub.epoch, 0).encode()}", **last) as events:
        second = await events.facts(20)
    assert sequences(first + second) == list(range(1, 31))


async def test_types_and_campaign_come_from_the_url(edge: Edge) -> None:
    await edge.log.append(scored("acme", "c-1", 1), scored("acme", "c-2", 2))
    await edge.hub.reached(2)
    after = Cursor(edge.hub.epoch, 0).encode()
    query = f"?campaignId=c-2&types=PROSPECT_FOUND,PROSPECT_UPDATED&after={after}"
    async with source(edge, query) as events:
        assert numbers(await events.facts(1)) == [2]


@pytest.mark.parametrize(
    ("query", "headers", "status", "code"),
    [
        ("", {"Cookie": ""}, 401, "SignInNeeded"),
        ("", {"Cookie": "filon_session=forged"}, 401, "InvalidToken"),
        ("?ticket=forged", {}, 401, "InvalidToken"),
        ("", {"Origin": "http://evil.example"}, 403, "ForbiddenOrigin"),
        ("?campaignId=c-none", {"Origin": ORIGIN}, 404, "CampaignNotFound"),
        ("?types=NONSENSE", {}, 400, "InvalidSubscription"),
    ],
)
async def test_what_is_refused_says_why_as_any_other_call_does(
    edge: Edge, query: str, headers: dict[str, str], status: int, code: str
) -> None:
    async with source(edge, query, **headers, **{"Accept-Language": "en"}) as events:
        problem = json.loads(await events.response.aread())
    assert events.response.status_code == problem["status"] == status
    assert events.response.headers["content-type"] == "application/problem+json"
    assert events.response.headers["content-language"] == "en"
    assert problem["code"] == code
    assert problem["type"].startswith("/docs/problems#")
    assert problem["detail"]


async def test_reasons_come_in_the_language_that_the_person_chose(edge: Edge) -> None:
    cookie = edge.cookie()["Cookie"]
    french = {"Cookie": f"{cookie}; filon_language=fr"}
    async with (
        source(edge, "?types=PROSPECT_FOUND", **french) as chosen,
        source(edge, "?types=PROSPECT_FOUND", **{"Accept-Language": "fr"}) as asked,
    ):
        for events in (chosen, asked):
            assert (await events.message())["type"] == "READY"
        await edge.log.append(scored("acme", "c-1", 1))
        told = [(await events.facts(1))[0]["payload"]["prospect"] for events in (chosen, asked)]
    assert [prospect["factors"][0]["reason"] for prospect in told] == [
        "Activité 62.01Z recherchée",
        "Activity 62.01Z is asked for",
    ]


async def test_a_bearer_token_admits(edge: Edge) -> None:
    headers = {"Cookie": "", "Authorization": f"Bearer {edge.token()}"}
    async with source(edge, **headers) as events:
        assert (await events.message())["type"] == "READY"


async def test_a_listener_that_leaves_is_forgotten(edge: Edge) -> None:
    async with source(edge) as events:
        await events.message()
        assert len(edge.hub.connections) == 1
    await until(lambda: not edge.hub.connections)


async def test_a_drained_edge_ends_its_streams(edge: Edge) -> None:
    async with source(edge) as events:
        await events.message()
        await edge.hub.drain()
        assert (await events.message())["type"] == "ERROR"
        with pytest.raises(EOFError):
            await events.block()
    async with source(edge) as late:
        assert late.response.status_code == 503
        assert json.loads(await late.response.aread())["code"] == "Draining"


async def test_browsers_are_sent_away_one_after_the_other(nats_url: str, engine: Engine) -> None:
    async with (
        serving(nats_url, engine, StreamSettings(drain=1)) as edge,
        AsyncExitStack() as opened,
    ):
        pages = [await opened.enter_async_context(source(edge)) for _ in range(40)]
        for page in pages:
            await page.message()
        drain = asyncio.create_task(edge.hub.drain())
        left: list[int] = []
        while not drain.done():
            left.append(len(edge.hub.connections))
            await asyncio.sleep(0.01)
        assert left[0] == 40
        assert edge.hub.connections == set()
        assert len({count for count in left if 0 < count < 40}) > 5


async def test_a_listener_that_does_not_read_is_cut_off(nats_url: str, engine: Engine) -> None:
    async with serving(nats_url, engine, StreamSettings(queue_bytes=64 * 1024)) as edge:
        _, writer = await asyncio.open_connection("127.0.0.1", edge.port, limit=1024)
        cookie = edge.cookie()["Cookie"]
        head = f"GET /api/stream HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n"
        writer.write(head.encode())
        await until(lambda: len(edge.hub.connections) == 1)
        while edge.hub.connections:
            await edge.hub.reached(
                await edge.log.append(*(bulky("acme", "c-1") for _ in range(20)))
            )
            await asyncio.sleep(0)
        writer.close()
        async with source(edge, f"?after={Cursor(edge.hub.epoch, 0).encode()}") as events:
            assert sequences(await events.facts(20)) == list(range(1, 21))


async def test_a_page_of_an_allowed_origin_may_read_the_stream(edge: Edge) -> None:
    async with source(edge, Origin=ORIGIN) as events:
        assert events.response.headers["access-control-allow-origin"] == ORIGIN
        assert events.response.headers["access-control-allow-credentials"] == "true"


async def _ask(edge: Edge, *lines: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection with these requests sent."""
    reader, writer = await asyncio.open_connection("127.0.0.1", edge.port)
    cookie = edge.cookie()["Cookie"]
    for line in lines:
        writer.write(f"GET {line} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n".encode())
    return reader, writer


async def test_what_is_asked_behind_a_stream_ends_it(edge: Edge) -> None:
    reader, writer = await _ask(edge, "/api/stream")
    await reader.readuntil(b"READY")
    writer.write(b"GET /api/stream HTTP/1.1\r\nHost: x\r\n\r\n")
    with contextlib.suppress(ConnectionError):
        await reader.read()
    await until(lambda: not edge.hub.connections)
    writer.close()


async def test_a_stream_with_another_request_behind_it_is_refused(edge: Edge) -> None:
    reader, writer = await _ask(edge, "/api/stream", "/api/stream")
    assert b" 400 " in await reader.readline()
    assert b" 200 " in await reader.readuntil(b"200 OK")
    writer.close()
    await until(lambda: not edge.hub.connections)


async def test_who_is_sent_away_before_the_answer_began_is_refused(edge: Edge) -> None:
    looked_up = asyncio.Event()

    async def slowly(org: str, campaign: str) -> bool:
        await looked_up.wait()
        return True

    edge.hub.campaigns.has = slowly  # type: ignore[method-assign]  # a log that takes its time
    reader, writer = await _ask(edge, "/api/stream?campaignId=c-1")
    await until(lambda: bool(edge.hub.connections))
    await edge.hub.drain()
    looked_up.set()
    assert b" 503 " in await reader.readline()
    writer.close()


async def test_a_listener_that_does_not_read_its_end_is_cut_off(
    edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.edge.stream.wire.sse_protocol.GOODBYE_S", 0.2)
    _, writer = await _ask(edge, "/api/stream")
    await until(lambda: bool(edge.hub.connections))
    (listener,) = edge.hub.connections
    while listener.queued() < 100_000:
        await edge.hub.reached(await edge.log.append(bulky("acme", "c-1")))
    listener.close(Code.NOT_AUTHENTICATED, "The session has expired; sign in again.")
    await until(lambda: not edge.hub.connections)
    writer.close()

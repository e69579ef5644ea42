"""What bad, slow and vanished clients may do: nothing to anybody else."""

import asyncio
import contextlib
import json

import pytest
from sqlalchemy import Engine
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from services.edge.cursor import Cursor
from services.edge.stream import StreamSettings
from tests.integration.stream.clients import Browser, browser, numbers, sequences
from tests.integration.stream.edges import Edge, bulky, scored, serving, until


@pytest.mark.parametrize("text", ["", "no json", "[]", "3", '{"type": 1}', '{"payload": {}}', "{"])
async def test_what_is_no_message_is_told_4400(edge: Edge, text: str) -> None:
    async with browser(edge) as page:
        await page.socket.send(text)
        assert await page.closed() == 4400


async def test_a_binary_message_is_told_4400(edge: Edge) -> None:
    async with browser(edge) as page:
        await page.socket.send(b"\x00\x01")
        assert await page.closed() == 4400


async def test_a_message_beyond_64_kib_is_told_1009(edge: Edge) -> None:
    broken: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: broken.append(context))
    for size in (64 * 1024 + 1, 4 * 1024 * 1024):
        async with browser(edge) as page:
            with contextlib.suppress(ConnectionClosed):
                await page.socket.send("x" * size)
            assert await page.closed() == 1009
    assert not broken


async def test_text_that_is_no_utf8_is_told_1007(edge: Edge) -> None:
    async with browser(edge) as page:
        await page.socket.send(b"\xff\xfe", text=True)
        assert await page.closed() == 1007


@pytest.mark.parametrize(
    "payload",
    [
        {"types": ["NONSENSE"]},
        {"types": "PROSPECT_FOUND"},
        {"campaignId": 3},
        {"after": []},
        {"campaign": "c-1"},
    ],
)
async def test_a_subscription_that_makes_no_sense_leaves_the_old_one(
    edge: Edge, payload: dict[str, object]
) -> None:
    async with browser(edge) as page:
        await page.say("SUBSCRIBE", **payload)
        assert (await page.next("ERROR"))["payload"]["code"] == "INVALID_SUBSCRIPTION"
        await edge.log.append(scored("acme", "c-1", 1))
        assert numbers(await page.facts(1)) == [1]


async def test_unknown_words_are_answered_and_change_nothing(edge: Edge) -> None:
    async with browser(edge) as page:
        await page.say("DANCE")
        assert (await page.next("ERROR"))["payload"]["code"] == "UNKNOWN_TYPE"
        await edge.log.append(scored("acme", "c-1", 1))
        assert numbers(await page.facts(1)) == [1]


async def test_a_chatterbox_is_slowed_down_and_then_told_4429(edge: Edge) -> None:
    async with browser(edge) as page:

        async def chatter() -> None:
            with contextlib.suppress(ConnectionClosed):
                while True:
                    await page.socket.send('{"type": "PING"}')

        chattering = asyncio.create_task(chatter())
        limited = await page.next("ERROR")
        assert limited["payload"]["code"] == "RATE_LIMITED"
        assert await page.closed() == 4429
        await chattering


async def test_a_slow_reader_is_evicted_and_its_cursor_makes_that_lossless(
    nats_url: str, engine: Engine
) -> None:
    settings = StreamSettings(queue_bytes=64 * 1024)
    async with (
        serving(nats_url, engine, settings) as edge,
        browser(edge) as quick,
        browser(edge, user="u-slow", max_queue=1, ping_interval=None) as slow,
    ):
        await quick.subscribe()
        await slow.subscribe()
        count = 0
        while not _evicted(edge):
            await edge.log.append(*(bulky("acme", "c-1") for _ in range(20)))
            count += 20
            assert sequences(await quick.facts(20))[-1] == count
        got = await _read_to_the_end(slow)
        assert slow.socket.close_code == 4409
        assert got == list(range(1, len(got) + 1))
        after = Cursor(edge.hub.epoch, got[-1]).encode()
        async with browser(edge, query=f"?after={after}") as again:
            rest = sequences(await again.facts(count - len(got)))
    assert got + rest == list(range(1, count + 1))


def _evicted(edge: Edge) -> bool:
    return len(edge.hub.connections) < 2


async def _read_to_the_end(page: Browser) -> list[int]:
    got: list[int] = []
    with contextlib.suppress(ConnectionClosed):
        while True:
            got += sequences(await page.facts(1))
    return got


async def test_a_peer_that_vanished_is_given_up(nats_url: str, engine: Engine) -> None:
    settings = StreamSettings(heartbeat=1, silence=1.5)
    async with serving(nats_url, engine, settings) as edge, browser(edge) as page:
        page.socket.transport.pause_reading()
        await until(lambda: not edge.hub.connections)
        page.socket.transport.abort()


async def test_who_says_goodbye_with_facts_unread_disturbs_nobody(
    nats_url: str, engine: Engine
) -> None:
    """The farewell is in, the socket is full, and the edge is still busy with what was said
    before."""
    settings = StreamSettings(drain=0, queue_bytes=256 * 1024)
    async with serving(nats_url, engine, settings) as edge, browser(edge, "globex") as other:
        looked_up = asyncio.Event()

        async def slowly(org: str, campaign: str) -> bool:
            await looked_up.wait()
            return False

        edge.hub.campaigns.has = slowly  # type: ignore[method-assign]  # a log that takes its time
        async with browser(edge, query="?types=AGENT_ACTIVITY") as page:
            await page.next("READY")
            page.socket.transport.pause_reading()
            (parting,) = (c for c in edge.hub.connections if c.principal.org == "acme")
            while parting.queued() < 100_000:
                await edge.hub.reached(await edge.log.append(bulky("acme", "c-1")))
            await page.say("SUBSCRIBE", campaignId="c-none")
            page.socket.protocol.send_close(1000)
            page.socket.transport.write(b"".join(page.socket.protocol.data_to_send()))
            await until(lambda: parting._wire.ended)  # type: ignore[attr-defined]  # a socket's
            for _ in range(20):
                await edge.log.append(*(bulky("acme", "c-1") for _ in range(20)))
            await edge.log.append(scored("globex", "c-9", 1))
            assert numbers(await other.facts(1)) == [1]
            looked_up.set()
            await until(lambda: parting not in edge.hub.connections)
            edge.server.should_exit = True
            await until(lambda: edge.hub.draining)
            assert await other.closed() == 1012
            page.socket.transport.abort()
        assert not edge.hub.stuck


async def test_bad_clients_by_the_hundred_do_not_disturb_the_others(
    nats_url: str, engine: Engine
) -> None:
    async with serving(nats_url, engine, StreamSettings(per_user=1000)) as edge:
        async with browser(edge) as page:
            bad = [asyncio.create_task(_misbehave(edge, number)) for number in range(300)]
            for number in range(300):
                await edge.log.append(scored("acme", "c-1", number))
            assert numbers(await page.facts(300)) == list(range(300))
            await asyncio.gather(*bad)
        await until(lambda: not edge.hub.connections)


async def _misbehave(edge: Edge, number: int) -> None:
    """Half a handshake, nonsense after it, or a farewell without a word."""
    match number % 4:
        case 0:
            _, writer = await asyncio.open_connection("127.0.0.1", edge.port)
            writer.write(b"GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: webso")
            await asyncio.sleep(0.3)
            writer.close()
        case 1:
            async with browser(edge, user=f"u-{number}") as page:
                await page.socket.send("nonsense")
                assert await page.closed() == 4400
        case 2:
            async with browser(edge, user=f"u-{number}") as page:
                page.socket.transport.abort()
        case _:
            async with browser(edge, user=f"u-{number}") as page:
                page.socket.transport.write(b"\xff" * 1000)
                assert await page.closed() == 1002


async def test_a_payload_is_an_object(edge: Edge) -> None:
    async with connect(edge.ws) as socket:
        await socket.send(json.dumps({"type": "AUTH", "payload": "no object"}))
        assert await Browser(socket).closed() == 4400

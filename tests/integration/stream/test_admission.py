"""Who may connect, with which credentials, and for how long."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine
from websockets.asyncio.client import connect
from websockets.typing import Origin

from services.accounts import tokens
from services.edge.stream import StreamSettings
from services.edge.stream.fanout.housekeeping import look_after
from services.edge.stream.fanout.rate_limits import Attempts
from tests.integration.stream.clients import Browser, browser, numbers
from tests.integration.stream.edges import ORIGIN, Edge, scored, serving, until


async def test_a_page_of_another_origin_is_told_4403(edge: Edge) -> None:
    async with connect(
        edge.ws, additional_headers=edge.cookie(), origin=Origin("http://evil.example")
    ) as socket:
        assert await Browser(socket).closed() == 4403


@pytest.mark.parametrize("origin", [f"{ORIGIN}.evil.example", f"{ORIGIN}:80", "null"])
async def test_the_origin_is_compared_exactly(edge: Edge, origin: str) -> None:
    async with connect(edge.ws, additional_headers=edge.cookie(), origin=Origin(origin)) as socket:
        assert await Browser(socket).closed() == 4403


async def test_a_forged_cookie_is_told_4401(edge: Edge) -> None:
    headers = {"Cookie": "filon_session=forged"}
    async with connect(edge.ws, additional_headers=headers, origin=Origin(ORIGIN)) as socket:
        assert await Browser(socket).closed() == 4401


async def test_the_first_message_may_say_who_it_is(edge: Edge) -> None:
    async with connect(edge.ws) as socket:
        page = Browser(socket)
        await page.say("AUTH", token=edge.token("globex"))
        await page.next("READY")
        await edge.log.append(scored("acme", "c-1", 1), scored("globex", "c-1", 2))
        assert numbers(await page.facts(1)) == [2]


async def test_a_wrong_token_or_other_first_words_are_told_4401(edge: Edge) -> None:
    for message in [("AUTH", {"token": "x"}), ("AUTH", {}), ("SUBSCRIBE", {})]:
        async with connect(edge.ws) as socket:
            page = Browser(socket)
            await page.say(message[0], **message[1])
            assert await page.closed() == 4401


async def test_a_ticket_in_the_url_admits_once(edge: Edge) -> None:
    principal = edge.access.of_token(edge.token())
    ticket = await edge.access.issue_ticket(principal)
    async with connect(f"{edge.ws}?ticket={ticket}") as socket:
        await Browser(socket).next("READY")
    async with connect(f"{edge.ws}?ticket={ticket}") as socket:
        assert await Browser(socket).closed() == 4401


async def test_who_says_nothing_is_told_4408(nats_url: str, engine: Engine) -> None:
    async with (
        serving(nats_url, engine, StreamSettings(auth_within=0.1)) as edge,
        connect(edge.ws) as socket,
    ):
        assert await Browser(socket).closed() == 4408


async def test_a_session_that_runs_out_is_warned_of_and_ended(edge: Edge) -> None:
    async with browser(edge) as page:
        (connection,) = edge.hub.connections
        end = connection.principal.expires_at
        look_after(edge.hub, 1, end - edge.hub.settings.expiry_warning)
        warning = await page.next("ERROR")
        assert warning["payload"]["code"] == "TOKEN_EXPIRING"
        assert warning["payload"]["secondsLeft"] == edge.hub.settings.expiry_warning
        look_after(edge.hub, 2, end)
        assert await page.closed() == 4401


async def test_a_new_token_in_band_keeps_the_connection(edge: Edge) -> None:
    async with connect(edge.ws) as socket:
        page = Browser(socket)
        await page.say("AUTH", token=short_token(edge))
        await page.next("READY")
        (connection,) = edge.hub.connections
        end = connection.principal.expires_at
        look_after(edge.hub, 1, end - 1)
        assert (await page.next("ERROR"))["payload"]["code"] == "TOKEN_EXPIRING"
        await page.say("AUTH", token=edge.token())
        await page.next("CURSOR")
        assert connection.principal.expires_at > end
        look_after(edge.hub, 2, end)
        await page.say("PING")
        await page.next("PONG")


async def test_signing_out_ends_the_connection(edge: Edge) -> None:
    token = edge.token()
    async with connect(edge.ws, additional_headers={"Authorization": f"Bearer {token}"}) as socket:
        page = Browser(socket)
        await page.next("READY")
        await edge.access.end(edge.access.of_token(token))
        assert await page.closed() == 4401


async def test_another_persons_token_in_band_is_told_4403(edge: Edge) -> None:
    async with browser(edge) as page:
        await page.say("AUTH", token=edge.token("globex", "u-eve"))
        assert await page.closed() == 4403


async def test_one_account_may_not_open_connections_without_end(
    nats_url: str, engine: Engine
) -> None:
    async with (
        serving(nats_url, engine, StreamSettings(per_user=2)) as edge,
        browser(edge) as first,
        browser(edge),
    ):
        async with connect(
            edge.ws, additional_headers=edge.cookie(), origin=Origin(ORIGIN)
        ) as socket:
            assert await Browser(socket).closed() == 4429
        await first.socket.close()
        await until(lambda: len(edge.hub.connections) == 1)
        async with browser(edge):
            pass


async def test_an_address_that_keeps_guessing_is_told_4429(nats_url: str, engine: Engine) -> None:
    async with serving(nats_url, engine) as edge:
        edge.hub.attempts = Attempts(3, 0.3, clock=lambda: 0.0)
        for _ in range(5):
            async with connect(edge.ws) as socket:
                page = Browser(socket)
                await page.say("AUTH", token=edge.token())
                await page.next("READY")
        codes = []
        for _ in range(5):
            headers = {"Cookie": "filon_session=forged"}
            async with connect(edge.ws, additional_headers=headers) as socket:
                codes.append(await Browser(socket).closed())
        assert codes == [4401] * 3 + [4429] * 2
        async with browser(edge):
            pass


def short_token(edge: Edge) -> str:
    """Good for an hour less than others."""
    principal = edge.access.of_token(edge.token())
    brief = replace(principal, expires_at=principal.expires_at - 3600)
    return tokens.issue(edge.access._keys, brief)

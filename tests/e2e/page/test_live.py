"""The stream behind the page: lost and found again, slow and in bursts."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocket, WebSocketRoute, expect

from tests.e2e import campaigns
from tests.e2e.page.desk import Desk
from tests.e2e.platform import Platform

pytestmark = pytest.mark.chromium


def test_the_page_catches_up_by_itself_when_the_edge_was_killed(
    page: Page, own_filon: Platform
) -> None:
    desk = Desk(page, own_filon)
    desk.sign_in()
    with own_filon.sign_in() as client:
        id = campaigns.create(client, 100)
        page.get_by_role("link", name="100 companies").click()
        campaigns.start(client, id)
    expect(desk.figure("prospectsScored")).not_to_have_text("0")
    own_filon.kill("edge")
    expect(desk.status).to_have_text("Terminée", timeout=120_000)
    expect(desk.figure("prospectsScored")).to_have_text("100")
    expect(page.get_by_text("En direct")).to_be_visible()
    expect(page.locator(".prospect-status", has_text="Trouvé")).to_have_count(0)


def test_what_happens_after_a_return_is_shown_and_the_page_is_no_chatterbox(
    page: Page, own_filon: Platform
) -> None:
    sockets: list[WebSocket] = []
    said: list[str | bytes] = []

    def note(socket: WebSocket) -> None:
        sockets.append(socket)
        socket.on("framesent", lambda text: said.append(text))

    page.on("websocket", note)
    desk = Desk(page, own_filon)
    desk.sign_in()
    for round in range(3):
        with page.expect_websocket():
            own_filon.kill("edge")
        expect(page.get_by_text("En direct")).to_be_visible()
        with own_filon.sign_in() as client:
            for number in range(3):
                name = f"Retour {round}, campagne {number}"
                answer = client.post("/api/campaigns", json={"name": name, "sources": ["sample"]})
                assert answer.status_code == 201
                expect(page.get_by_role("link", name=name)).to_be_visible()
    assert len([text for text in said if "SUBSCRIBE" in str(text)]) <= len(sockets)


def test_a_cursor_that_the_edge_refuses_ends_the_resume(page: Page, filon: Platform) -> None:
    """The first socket speaks a cursor that is none; the page reads all anew and goes on live."""
    sockets: list[WebSocketRoute] = []

    def pass_on(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    page.route_web_socket(re.compile("/ws"), pass_on)
    desk = Desk(page, filon)
    desk.sign_in()
    for cursor in ("x" * 300, "no-cursor"):
        sockets[-1].send(json.dumps({"type": "HEARTBEAT", "payload": {}, "cursor": cursor}))
        sockets[-1].close()
        expect(page.get_by_text("En direct")).to_be_hidden()
        expect(page.get_by_text("En direct")).to_be_visible()
        with filon.sign_in() as client:
            name = f"Après {cursor[:9]}"
            client.post("/api/campaigns", json={"name": name, "sources": ["sample"]})
        expect(page.get_by_role("link", name=name)).to_be_visible()


def test_a_burst_of_a_thousand_leaves_the_best_fifty_in_order(page: Page, filon: Platform) -> None:
    """The frames come from here, as fast as a browser takes them; all else is the platform's."""
    sockets: list[WebSocketRoute] = []

    def pass_on(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    page.route_web_socket("**/ws", pass_on)
    desk = Desk(page, filon)
    desk.sign_in()
    with filon.sign_in() as client:
        id = campaigns.create(client, 1)
    page.get_by_role("link", name="1 companies").first.click()
    expect(desk.rows).to_have_count(1)
    for n in range(1000):
        sockets[0].send(json.dumps(_found(id, n)))
    expect(desk.rows).to_have_count(50)
    expect(desk.rows.first.get_by_role("button")).to_have_text("100")
    shown = [int(text) for text in desk.rows.get_by_role("button").all_inner_texts()]
    assert shown == sorted(shown, reverse=True)


def _found(campaign: str, n: int) -> dict[str, Any]:
    prospect = {
        "id": f"p1-burst{n}", "campaignId": campaign, "name": f"Ada {n}", "company": f"Rafale {n}",
        "siren": "", "title": "", "email": "", "website": "", "activity": "62.01Z",
        "headcountBand": "12", "postalCode": "75011", "city": "Paris", "status": "scored",
        "score": n % 101, "factors": [], "contacts": [], "foundAt": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    payload = {"prospect": prospect, "score": n % 101, "campaignId": campaign}
    return {"type": "PROSPECT_FOUND", "payload": payload, "at": "2026-01-01T00:00:00Z"}


def test_what_others_do_is_seen_without_asking(desk: Desk, filon: Platform) -> None:
    with filon.sign_in() as client:
        described = {"name": "De quelqu'un d'autre", "sources": ["sample"]}
        client.post("/api/campaigns", json=described)
    link = desk.page.get_by_role("link", name="De quelqu'un d'autre")
    expect(link).to_contain_text("Brouillon")


def test_an_agent_is_sent_home_and_back_to_work(desk: Desk, filon: Platform) -> None:
    with filon.sign_in() as client:
        id = campaigns.create(client, 150)
        desk.page.get_by_role("link", name="150 companies").click()
        campaigns.start(client, id)
    card = desk.page.locator(".agent", has_text="Qualificateur")
    card.get_by_role("button", name="Arrêter").click()
    expect(card).to_have_attribute("data-status", "stopped")
    card.get_by_role("button", name="Relancer").click()
    expect(desk.status).to_have_text("Terminée", timeout=120_000)
    expect(desk.figure("prospectsScored")).to_have_text("150")

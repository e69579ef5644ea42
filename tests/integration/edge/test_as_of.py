"""`asOf=`: campaigns and prospects as they stood."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx

from services.edge.cursor import Cursor
from tests.databases import ON_SQLITE
from tests.integration.edge.edges import Edge, campaign, send_list

pytestmark = ON_SQLITE


async def _history(client: httpx.AsyncClient) -> tuple[str, str, list[str]]:
    """A campaign whose threshold went 80, 50, with a list between; and the cursor of each step."""
    made = await client.post("/api/campaigns", json={"name": "Spring", "sources": ["csv"]})
    id = made.json()["id"]
    sent = await send_list(client, id)
    after = {"Filon-After": sent.headers["Filon-Cursor"]}
    listed = await client.get(f"/api/prospects?campaignId={id}&sort=name", headers=after)
    changed = await client.patch(f"/api/campaigns/{id}", json={"threshold": 50})
    steps = [answer.headers["Filon-Cursor"] for answer in (made, sent, changed)]
    return id, listed.json()[0]["id"], steps


async def _get(client: httpx.AsyncClient, path: str, as_of: str) -> dict[str, Any]:
    answer = await client.get(f"{path}?asOf={quote(as_of)}")
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def test_a_campaign_is_shown_as_it_stood_at_each_cursor(edge: Edge) -> None:
    async with edge.browser() as client:
        id, _, steps = await _history(client)
        shown = [await _get(client, f"/api/campaigns/{id}", step) for step in steps]
        assert [each["threshold"] for each in shown] == [80, 80, 50]
        assert [each["metrics"]["prospectsFound"] for each in shown] == [0, 2, 2]
        now = await client.get(f"/api/campaigns/{id}", headers={"Filon-After": steps[-1]})
        assert now.json() == shown[-1]


async def test_an_instant_with_its_offset_will_do(edge: Edge) -> None:
    async with edge.browser() as client:
        id, _, _ = await _history(client)
        path = f"/api/campaigns/{id}"
        created = datetime.fromisoformat((await client.get(path)).json()["createdAt"])
        assert (await _get(client, path, created.isoformat()))["threshold"] == 80
        unescaped = await client.get(f"{path}?asOf={created.astimezone(UTC).isoformat()}")
        assert unescaped.status_code == 200 and "filon-cursor" not in unescaped.headers
        late = datetime.now(UTC) + timedelta(hours=1)
        assert (await _get(client, path, late.isoformat()))["threshold"] == 50
        early = created - timedelta(microseconds=1)
        answer = await client.get(path, params={"asOf": early.isoformat()})
        assert (answer.status_code, answer.json()["code"]) == (404, "CampaignNotFound")


async def test_a_prospect_is_shown_as_it_stood(edge: Edge) -> None:
    async with edge.browser() as client:
        _, prospect, steps = await _history(client)
        path = f"/api/prospects/{prospect}"
        now = await client.get(path, headers={"Filon-After": steps[-1]})
        assert await _get(client, path, steps[1]) == now.json()
        before = await client.get(path, params={"asOf": steps[0]})
        assert (before.status_code, before.json()["code"]) == (404, "ProspectNotFound")


async def test_the_stream_goes_on_from_the_moment_that_is_shown(edge: Edge) -> None:
    async with edge.browser() as client:
        id, _, steps = await _history(client)
        answer = await client.get(f"/api/campaigns/{id}", params={"asOf": steps[0]})
        assert answer.headers["filon-cursor"] == steps[0] and "etag" not in answer.headers


async def test_who_was_erased_has_no_past(edge: Edge) -> None:
    async with edge.browser() as client:
        _, prospect, steps = await _history(client)
        assert (await client.delete(f"/api/prospects/{prospect}")).status_code == 200
        answer = await client.get(f"/api/prospects/{prospect}", params={"asOf": steps[1]})
        assert answer.status_code == 404


async def test_the_past_of_another_organisation_is_not_found(edge: Edge) -> None:
    async with edge.browser() as client, edge.bearer("other") as stranger:
        id, prospect, steps = await _history(client)
        for path in (f"/api/campaigns/{id}", f"/api/prospects/{prospect}"):
            assert (await stranger.get(path, params={"asOf": steps[-1]})).status_code == 404
            assert (
                await client.get(f"{path[:-3]}*", params={"asOf": steps[-1]})
            ).status_code == 404


async def test_what_is_no_moment_is_refused_in_words(edge: Edge) -> None:
    async with edge.browser() as client:
        id, prospect, _ = await _history(client)
        for path in (f"/api/campaigns/{id}", f"/api/prospects/{prospect}"):
            for moment in ("yesterday", "2026-11-24T09:30:00", "2026-11-24", ""):
                answer = await client.get(path, params={"asOf": moment})
                assert answer.status_code == 422, (path, moment)
                (error,) = answer.json()["errors"]
                assert error["field"] == "asOf" and "instant ISO" in error["message"]
        listed = await client.get("/api/prospects", params={"asOf": "2026-11-24T09:30:00Z"})
        assert (listed.status_code, listed.json()["errors"][0]["field"]) == (422, "asOf")


async def test_a_cursor_of_another_history_is_refused(edge: Edge) -> None:
    log = edge.parts.log
    head = await log.head()
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        for cursor in (Cursor("another", 1), Cursor(head.epoch, 10**6)):
            answer = await client.get(f"/api/campaigns/{id}", params={"asOf": cursor.encode()})
            assert (answer.status_code, answer.json()["code"]) == (409, "OtherEpoch")

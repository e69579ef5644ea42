"""Reading one's own writes, and sending the same command twice."""

import asyncio
import json

from services.edge.cursor import Cursor
from tests.integration.edge.edges import CSV, Edge, campaign, projecting, send_list


async def test_a_command_is_readable_once_it_answers(edge: Edge) -> None:
    async with edge.browser() as client:
        for number in range(20):
            name = f"Campaign {number}"
            made = await client.post("/api/campaigns", json={"name": name, "sources": ["csv"]})
            assert "filon-cursor" in made.headers
            assert (await client.get("/api/campaigns")).json()[0]["name"] == name


async def test_what_a_read_does_not_hold_yet_follows_its_cursor(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        read = await client.get("/api/prospects")
        await send_list(client, id)
        after = {"after": read.headers["filon-cursor"], "types": "ProspectFound"}
        told = (await client.get(f"/api/campaigns/{id}/events", params=after)).text
        assert len(told.splitlines()) == 2


async def test_a_read_waits_for_the_cursor_that_it_names(nats_url: str, edge_alone: Edge) -> None:
    async with edge_alone.browser() as client:
        said = {"name": "Late", "sources": ["csv"]}
        made = await client.post("/api/campaigns", json=said)
        assert made.status_code == 201 and made.json()["name"] == "Late"  # no read model, yet said
        after = {"Filon-After": made.headers["filon-cursor"]}
        reading = asyncio.create_task(client.get("/api/campaigns", headers=after))
        await asyncio.sleep(0.2)
        async with projecting(nats_url):
            assert [each["name"] for each in (await reading).json()] == ["Late"]


async def test_a_read_that_waits_in_vain_says_when_to_come_back(edge: Edge) -> None:
    async with edge.browser() as client:
        future = Cursor(edge.parts.consistency.epoch, 10_000).encode()
        answer = await client.get("/api/campaigns", headers={"Filon-After": future})
        assert (answer.status_code, answer.json()["code"]) == (503, "ReadModelsBehind")
        assert int(answer.headers["retry-after"]) >= 1
        odd = await client.get("/api/campaigns", headers={"Filon-After": "not a cursor"})
        assert (odd.status_code, odd.json()["code"]) == (400, "MalformedCursor")
        other = Cursor("another", 1).encode()
        gone = await client.get("/api/campaigns", headers={"Filon-After": other})
        assert (gone.status_code, gone.json()["code"]) == (409, "OtherEpoch")


async def test_the_same_key_has_one_effect_and_one_answer(edge: Edge) -> None:
    key = {"Idempotency-Key": "3f0c"}
    said = {"name": "Once", "sources": ["sample"]}
    async with edge.browser() as client:
        many = await asyncio.gather(
            *(client.post("/api/campaigns", json=said, headers=key) for _ in range(5))
        )
        assert {answer.status_code for answer in many} == {201}
        assert len({answer.json()["id"] for answer in many}) == 1
        assert len((await client.get("/api/campaigns")).json()) == 1
        id = many[0].json()["id"]
        started = [await client.post(f"/api/campaigns/{id}/start", headers=key) for _ in range(2)]
        assert [answer.json() for answer in started] == [started[0].json()] * 2
        assert started[0].headers["filon-cursor"] == started[1].headers["filon-cursor"]


async def test_a_repeated_answer_has_every_header_that_the_first_had(edge: Edge) -> None:
    key = {"Idempotency-Key": "3f0c"}
    said = {"name": "Once", "sources": ["sample"]}
    of_each_sending = ("date", "x-correlation-id")
    async with edge.browser() as client:
        answers = [await client.post("/api/campaigns", json=said, headers=key) for _ in range(2)]
        first, again = (
            {name: v for name, v in answer.headers.items() if name not in of_each_sending}
            for answer in answers
        )
        assert first == again and first["location"] == f"/api/campaigns/{answers[0].json()['id']}"
        assert {"etag", "filon-cursor", "content-type"} <= first.keys()


async def test_a_key_that_was_used_otherwise_is_refused(edge: Edge) -> None:
    key = {"Idempotency-Key": "3f0c"}
    async with edge.browser() as client:
        said = {"name": "One", "sources": ["sample"]}
        await client.post("/api/campaigns", json=said, headers=key)
        other = await client.post("/api/campaigns", json=said | {"name": "Two"}, headers=key)
        assert (other.status_code, other.json()["code"]) == (422, "KeyReused")
        odd = await client.post("/api/campaigns", json=said, headers={"Idempotency-Key": "a b"})
        assert odd.status_code == 400
    async with edge.bearer(role="operator") as somebody_else:
        theirs = await somebody_else.post("/api/campaigns", json=said, headers=key)
        assert theirs.status_code == 201


async def test_a_refused_request_leaves_its_key_free(edge: Edge) -> None:
    key = {"Idempotency-Key": "3f0c"}
    async with edge.browser() as client:
        bad = await client.post("/api/campaigns", json={"name": "", "sources": []}, headers=key)
        assert bad.status_code == 422
        good = await client.post(
            "/api/campaigns", json={"name": "Good", "sources": []}, headers=key
        )
        assert good.status_code == 201


async def test_a_list_sent_again_under_its_key_has_the_same_report(edge: Edge) -> None:
    key = {"Idempotency-Key": "list-1"}
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        first = await send_list(client, id, **key)
        again = await send_list(client, id, **key)
        assert first.json() == again.json() and first.json()["accepted"] == 2
        other = await send_list(client, id, CSV + "\n", **key)
        assert (other.status_code, other.json()["code"]) == (422, "KeyReused")
        facts = (await client.get(f"/api/campaigns/{id}/events?types=CampaignImported")).text
        assert len([json.loads(line) for line in facts.splitlines()]) == 1

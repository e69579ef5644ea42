"""Prospects over HTTP: pages, filters, history, retrying, erasing."""

import httpx

from events.company import Evidence
from services.prospecting.context import Context
from services.prospecting.handlers import campaigns, prospects
from tests.integration.edge.edges import Edge, campaign, send_list

LIST = "Raison sociale;Code postal;Ville\n" + "".join(
    f"Société {letter};75011;Paris\n" for letter in "DABCE"
)


async def _named(client: httpx.AsyncClient, query: str) -> list[str]:
    answer = await client.get(f"/api/prospects?{query}")
    assert answer.status_code == 200, answer.text
    return [prospect["name"] for prospect in answer.json()]


async def _fail(edge: Edge, id: str, prospect: str) -> None:
    ctx = Context.of_person("acme", "qualifier")
    reason = {"reason": "timeout"}
    saved = await prospects.fail(edge.parts.log, ctx, id, prospect, "failure.model", reason)
    edge.appended(saved.sequence)


async def _score(edge: Edge, id: str, prospect: str) -> None:
    ctx = Context.of_person("acme", "qualifier")
    state = (await campaigns.load_campaign(edge.parts.log, "acme", id)).state
    evidence = Evidence(
        field="postalCode",
        value="75011",
        source="csv",
        quote="75011",
        at=ctx.at,
        how="import",
        confidence=1,
    )
    saved = await prospects.score(edge.parts.log, ctx, id, state, prospect, [evidence], "offline")
    edge.appended(saved.sequence)


async def test_pages_follow_each_other_by_link(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        await send_list(client, id, LIST)
        names: list[str] = []
        url = f"/api/prospects?campaignId={id}&sort=name&limit=2"
        while url:
            answer = await client.get(url)
            names += [prospect["name"] for prospect in answer.json()]
            url = answer.links.get("next", {}).get("url", "")
            assert not url or url.startswith("/api/prospects?")
        assert names == [f"Société {letter}" for letter in "ABCDE"]


async def test_filters_and_orders(edge: Edge) -> None:
    async with edge.browser() as client:
        targeting = {"postalCodes": ["75011"]}
        id = (await campaign(client, targeting=targeting, threshold=50))["id"]
        await send_list(client, id, LIST)
        found = (await client.get("/api/prospects?sort=name")).json()
        assert found[0]["status"] == "found" and found[0]["score"] is None
        await _score(edge, id, found[2]["id"])
        best = (await client.get("/api/prospects?sort=-score")).json()[0]
        assert (best["name"], best["status"]) == ("Société C", "qualified")
        assert best["score"] == sum(factor["points"] for factor in best["factors"])
        assert best["factors"][0]["reason"] == "75011\u00a0: lieu recherché"
        assert await _named(client, "minScore=51") == ["Société C"]
        assert await _named(client, "status=qualified") == ["Société C"]
        assert len(await _named(client, "q=SOCIETE+paris")) == 5
        assert await _named(client, "q=societe+lyon") == []
        assert await _named(client, "campaignId=c-other") == []
        detail = (await client.get(f"/api/prospects/{best['id']}")).json()
        assert detail["model"] == "offline"
        assert detail["evidence"][0]["quote"] == "Code postal : 75011"


async def test_a_query_that_makes_no_sense_is_refused_by_name(edge: Edge) -> None:
    async with edge.browser() as client:
        for query, field in (
            ("limit=1001", "limit"),
            ("limit=0", "limit"),
            ("page=0", "page"),
            ("sort=age", "sort"),
            ("minScore=200", "minScore"),
            ("status=lost", "status"),
        ):
            answer = await client.get(f"/api/prospects?{query}")
            assert answer.status_code == 422, query
            assert answer.json()["errors"][0]["field"] == field


async def test_a_failed_prospect_says_why_and_is_retried(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        await send_list(client, id, LIST)
        prospect = (await client.get("/api/prospects?sort=name")).json()[0]["id"]
        path = f"/api/prospects/{prospect}"
        early = await client.post(f"{path}/retry")
        assert (early.status_code, early.json()["code"]) == (409, "NotFailed")
        await _fail(edge, id, prospect)
        retried = await client.post(f"{path}/retry")
        assert (retried.status_code, retried.json()["status"]) == (200, "found")
        history = (await client.get(f"{path}/history")).json()
        assert [happening["type"] for happening in history] == [
            "ProspectFound",
            "ProspectFailed",
            "ProspectAssigned",
        ]
        assert history[1]["words"].startswith("Échec\u00a0: Le modèle")
        assert history[2]["words"] == "Relancé à la demande"


async def test_an_erased_prospect_leaves_nothing_and_does_not_come_back(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        await send_list(client, id)
        prospect = (await client.get("/api/prospects?sort=name")).json()[-1]
        answer = await client.delete(f"/api/prospects/{prospect['id']}")
        assert answer.json() == {"id": prospect["id"], "status": "erased"}
        everything = (await client.get(f"/api/campaigns/{id}/events")).text
        assert prospect["email"] not in everything and prospect["company"] not in everything
        shown = (await client.get("/api/prospects")).json()
        assert prospect["siren"] not in {each["siren"] for each in shown}
        again = (await send_list(client, id)).json()
        reasons = {row["line"]: row["reason"] for row in again["refused"]}
        assert again["accepted"] == 0 and "effacée" in reasons[3]


async def test_agents_are_sent_home_and_back_to_work(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client, sources=["sample"]))["id"]
        await client.post(f"/api/campaigns/{id}/start")
        path = f"/api/agents/qualifier-{id}"
        assert (await client.get(path)).json()["name"] == "Qualificateur"
        assert (await client.post(f"{path}/stop")).json()["status"] == "stopped"
        again = await client.post(f"{path}/stop")
        assert (again.status_code, again.json()["code"]) == (409, "AgentNotRunning")
        assert (await client.post(f"{path}/start")).json()["status"] == "running"
        for unknown in ("nobody", "cook-c-nothing"):
            assert (await client.post(f"/api/agents/{unknown}/stop")).status_code == 404

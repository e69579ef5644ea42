"""Campaigns over HTTP: their life, and each way to ask for the wrong thing."""

from tests.integration.edge.edges import Edge, campaign, send_list


async def test_a_campaign_is_described_and_listed(edge: Edge) -> None:
    async with edge.browser() as client:
        made = await campaign(client, threshold=60, targeting={"activities": ["62.01Z"]})
        assert made["status"] == "draft" and made["metrics"]["prospectsFound"] == 0
        assert made["targeting"]["activities"] == ["62.01Z"] and made["threshold"] == 60
        assert (await client.get("/api/campaigns")).json() == [made]
        one = await client.get(f"/api/campaigns/{made['id']}")
        assert (one.json(), one.headers["etag"]) == (made, '"1"')
        assert one.headers["cache-control"] == "no-store"


async def test_starting_answers_exactly_what_the_guide_shows(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client, sources=["sample"]))["id"]
        json = {"Content-Type": "application/json"}  # the guide sends it without a body too
        started = await client.post(f"/api/campaigns/{id}/start", headers=json)
        assert (started.status_code, started.json()) == (
            200,
            {"status": "started", "agents_count": 2},
        )
        agents = (await client.get(f"/api/agents?campaignId={id}")).json()
        assert {agent["role"] for agent in agents} == {"researcher", "qualifier"}
        assert {agent["status"] for agent in agents} == {"running"}


async def test_a_campaign_pauses_resumes_and_ends(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client, sources=["sample"]))["id"]
        for call, status, state in (
            ("start", "started", "active"),
            ("pause", "paused", "paused"),
            ("resume", "resumed", "active"),
            ("cancel", "cancelled", "cancelled"),
        ):
            answer = await client.post(f"/api/campaigns/{id}/{call}")
            assert answer.json()["status"] == status
            assert (await client.get(f"/api/campaigns/{id}")).json()["status"] == state
        over = await client.post(f"/api/campaigns/{id}/resume")
        assert (over.status_code, over.json()["code"]) == (409, "CampaignEnded")


async def test_an_unknown_campaign_is_not_found_by_any_call(edge: Edge) -> None:
    async with edge.browser() as client:
        for method, path in (
            ("GET", ""),
            ("POST", "/start"),
            ("POST", "/pause"),
            ("GET", "/prospects.csv"),
            ("GET", "/events"),
        ):
            for id in ("c-nobody", "c.*.>", "é"):
                answer = await client.request(method, f"/api/campaigns/{id}{path}")
                assert answer.status_code == 404, (method, path, id)
                assert answer.headers["content-type"] == "application/problem+json"
        assert (await send_list(client, "c-nobody")).status_code == 404


async def test_starting_twice_is_refused_with_what_to_do(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client, sources=["sample"]))["id"]
        await client.post(f"/api/campaigns/{id}/start")
        french = await client.post(f"/api/campaigns/{id}/start")
        client.cookies["filon_language"] = "en"
        english = await client.post(f"/api/campaigns/{id}/start")
        assert french.status_code == english.status_code == 409
        assert "déjà été démarrée" in french.json()["detail"]
        assert "started before" in english.json()["detail"]
        assert french.json()["type"] == "/docs/problems#already-started"


async def test_starting_without_a_source_is_refused(edge: Edge) -> None:
    async with edge.browser() as client:
        for sources, code in (([], "NoSource"), (["csv"], "NothingToRead")):
            id = (await campaign(client, sources=sources))["id"]
            answer = await client.post(f"/api/campaigns/{id}/start")
            assert (answer.status_code, answer.json()["code"]) == (409, code)


async def test_what_is_wrong_is_named_field_by_field(edge: Edge) -> None:
    async with edge.browser() as client:
        said = {"name": "", "sources": ["sampl"], "targeting": {"postalCodes": ["7501"]}}
        answer = await client.post("/api/campaigns", json=said)
        errors = {error["field"]: error["message"] for error in answer.json()["errors"]}
        assert answer.status_code == 422
        assert set(errors) == {"name", "sources.0", "targeting.postalCodes.0"}
        assert "5 chiffres" in errors["targeting.postalCodes.0"]
        assert (await client.get("/api/campaigns")).json() == []


async def test_codes_that_nobody_knows_are_refused_with_what_would_be_right(edge: Edge) -> None:
    targeting = {
        "activities": ["62.01Z", "72.2Z", "62.10Y"],
        "regions": ["11", "99"],
        "postalCodes": ["00100"],
        "sections2025": ["V"],
    }
    async with edge.browser() as client:
        said = {"name": "x", "sources": ["companies"], "targeting": targeting}
        answer = await client.post("/api/campaigns", json=said)
        assert answer.status_code == 422
        errors = {error["field"]: error["message"] for error in answer.json()["errors"]}
    assert set(errors) == {
        "targeting.activities.1",
        "targeting.regions.1",
        "targeting.postalCodes.0",
    }
    assert "72.20Z" in errors["targeting.activities.1"]
    assert "93 Provence-Alpes-Côte d'Azur" in errors["targeting.regions.1"]


async def test_a_source_that_does_not_exist_yet_is_refused(edge: Edge) -> None:
    async with edge.browser() as client:
        answer = await client.post("/api/campaigns", json={"name": "x", "sources": ["csv", "web"]})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "sources.1"


async def test_a_body_that_is_no_json_is_refused(edge: Edge) -> None:
    async with edge.browser() as client:
        json = {"Content-Type": "application/json"}
        broken = await client.post("/api/campaigns", content="{", headers=json)
        assert (broken.status_code, broken.json()["code"]) == (400, "MalformedJson")
        form = await client.post("/api/campaigns", data={"name": "x"})
        assert (form.status_code, form.json()["code"]) == (415, "JsonExpected")
        huge = await client.post("/api/campaigns", content=b" " * 2_000_000, headers=json)
        assert (huge.status_code, huge.json()["code"]) == (413, "TooLarge")


async def test_a_stale_edit_is_refused_and_a_fresh_one_is_kept(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        path = f"/api/campaigns/{id}"
        first = await client.patch(path, json={"threshold": 50}, headers={"If-Match": '"1"'})
        assert (first.status_code, first.headers["etag"]) == (200, '"2"')
        stale = await client.patch(path, json={"threshold": 10}, headers={"If-Match": '"1"'})
        assert (stale.status_code, stale.json()["code"]) == (412, "Stale")
        odd = await client.patch(path, json={"threshold": 10}, headers={"If-Match": "1"})
        assert odd.status_code == 400
        nothing = await client.patch(path, json={})
        assert nothing.status_code == 422
        assert (await client.get(path)).json()["threshold"] == 50


async def test_what_does_not_exist_answers_a_problem_too(edge: Edge) -> None:
    async with edge.browser() as client:
        lost = await client.get("/api/nothing")
        assert (lost.status_code, lost.json()["status"]) == (404, 404)
        wrong = await client.put("/api/campaigns", json={})
        assert wrong.status_code == 405 and "GET" in wrong.headers["allow"]
        assert wrong.headers["content-type"] == "application/problem+json"

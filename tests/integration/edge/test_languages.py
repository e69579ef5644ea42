"""One rule: the person's choice, else the organisation's language, else what the request asks."""

import httpx

from tests.databases import ON_SQLITE
from tests.integration.edge.edges import EMAIL, Edge, campaign, send_list

pytestmark = ON_SQLITE

CHOSEN = {"filon_language": "en"}
ASKED = {"Accept-Language": "en-GB,en;q=0.9"}
WRONG = {"email": EMAIL, "password": "wrong"}


async def _problem(client: httpx.AsyncClient, **headers: str) -> str:
    answer = await client.get("/api/campaigns/c-none", headers=headers)
    assert answer.status_code == 404
    detail: str = answer.json()["detail"]
    return detail


async def _reason(client: httpx.AsyncClient, id: str, **headers: str) -> str:
    sent = await send_list(client, id, **headers)
    reason: str = sent.json()["refused"][0]["reason"]
    return reason


async def test_what_a_browser_asks_for_by_itself_is_nobodys_choice(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        assert (await _problem(client, **ASKED)).startswith("Cette campagne")
        assert "clé de contrôle" in await _reason(client, id, **ASKED)


async def test_what_the_person_chose_comes_before_the_organisations_language(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        await send_list(client, id)
        client.cookies.update(CHOSEN)
        assert (await _problem(client)).startswith("There is no such campaign")
        assert "check digit" in await _reason(client, id)
        export = await client.get(f"/api/campaigns/{id}/prospects.csv")
        assert export.text.lstrip("\ufeff").startswith('"Company";"SIREN";"Score"')


async def test_the_choice_stays_this_browsers_own(edge: Edge) -> None:
    async with edge.browser() as client, edge.bearer() as other:
        client.cookies.update(CHOSEN)
        renewed = (await client.post("/api/auth/refresh")).json()
        assert renewed["user"]["language"] == "fr"
        assert (await _problem(other)).startswith("Cette campagne")


async def test_before_anybody_signs_in_the_request_decides(edge: Edge) -> None:
    async with edge.client(Origin=edge.url) as client:
        english = await client.post("/api/auth/login", json=WRONG, headers=ASKED)
        french = await client.post("/api/auth/login", json=WRONG)
        client.cookies.update(CHOSEN)
        chosen = await client.post("/api/auth/login", json=WRONG, headers={"Accept-Language": "fr"})
    assert english.json()["detail"] == "Wrong e-mail address or password."
    assert french.json()["detail"] == "E-mail ou mot de passe incorrect."
    assert chosen.headers["content-language"] == "en"


async def test_the_page_is_given_its_words_and_keeps_them_while_they_are_the_same(
    edge: Edge,
) -> None:
    async with edge.client() as client:
        words = await client.get("/assets/words.en.json")
        again = await client.get(
            "/assets/words.en.json", headers={"If-None-Match": words.headers["etag"]}
        )
        unknown = await client.get("/assets/words.tlh.json")
    assert words.json()["login.title"] == "Sign in"
    assert "default-src 'none'" in words.headers["content-security-policy"]
    assert (again.status_code, again.content) == (304, b"")
    assert unknown.status_code == 404

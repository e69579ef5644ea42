"""Who gets in: passwords, tokens, cookies, origins, roles, organisations and tickets."""

import asyncio
import time
from pathlib import Path

import jwt
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from services.accounts import InvalidToken, Sessions
from services.accounts.signing_keys import SigningKeys
from tests.integration.edge.edges import EMAIL, PASSWORD, Edge, campaign, send_list, serving

GOOD = {"email": EMAIL, "password": PASSWORD}


async def test_login_sets_a_cookie_that_scripts_cannot_read(edge: Edge) -> None:
    async with edge.client(Origin=edge.url) as client:
        answer = await client.post("/api/auth/login", json=GOOD)
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("filon_session=") and "HttpOnly" in cookie
        assert "samesite=lax" in cookie.lower() and "Path=/" in cookie
        assert "secure" not in cookie.lower()  # development is served without TLS
        body = answer.json()
        assert body["user"] | {"id": ""} == {
            "id": "",
            "email": EMAIL,
            "org": "acme",
            "role": "admin",
            "language": "fr",
        }
        me = await client.get("/api/auth/me")
        assert me.json() == body["user"]
        headers = {"Authorization": f"Bearer {body['token']}"}
        async with edge.client(**headers) as bearer:
            assert (await bearer.get("/api/auth/me")).json() == body["user"]


async def test_wrong_passwords_and_unknown_people_look_the_same(edge: Edge) -> None:
    async with edge.client() as client:
        wrong = await client.post("/api/auth/login", json=GOOD | {"password": "x"})
        nobody = await client.post("/api/auth/login", json=GOOD | {"email": "no@body.example"})
        assert wrong.status_code == nobody.status_code == 401
        assert wrong.json()["detail"] == nobody.json()["detail"]


async def test_guessing_is_slowed_down_for_that_account_at_that_address_only(edge: Edge) -> None:
    async with edge.client() as client:
        for _ in range(5):
            await client.post("/api/auth/login", json=GOOD | {"password": "guess"})
        slowed = await client.post("/api/auth/login", json=GOOD)
        assert slowed.status_code == 429 and int(slowed.headers["retry-after"]) >= 1
        other = await client.post("/api/auth/login", json=GOOD | {"email": "leo@acme.example"})
        assert other.status_code == 401
    assert edge.parts.throttle.wait(EMAIL, "192.0.2.7") == 0  # the owner, elsewhere


async def test_without_credentials_nothing_is_answered(edge: Edge) -> None:
    async with edge.client() as client:
        for method, path in (
            ("GET", "/api/campaigns"),
            ("POST", "/api/campaigns"),
            ("GET", "/api/prospects"),
            ("GET", "/api/agents"),
            ("GET", "/api/auth/me"),
            ("POST", "/api/auth/ticket"),
            ("POST", "/api/imports/preview"),
        ):
            answer = await client.request(method, path)
            assert answer.status_code in (401, 415), path
            if answer.status_code == 401:
                assert answer.headers["www-authenticate"] == "Bearer"


async def test_forged_expired_and_foreign_tokens_are_refused(edge: Edge, home: Path) -> None:
    secret = bytes.fromhex((home / "keys" / "jwt").read_text().strip())
    kid = SigningKeys.from_env().signing[0]
    now = int(time.time())
    good = {"iss": "filon", "aud": "filon-edge", "sub": "u-1", "org": "acme", "role": "admin"}
    good |= {"lang": "fr", "sid": "s", "jti": "j"}
    good |= {"iat": now, "nbf": now, "exp": now + 60}  # type: ignore[dict-item]  # numbers too

    def token(key: bytes = secret, alg: str = "HS256", **claims: object) -> str:
        return jwt.encode(good | claims, key, algorithm=alg, headers={"kid": kid})

    async def status(bearer: str) -> tuple[int, str]:
        async with edge.client(Authorization=f"Bearer {bearer}") as client:
            answer = await client.get("/api/campaigns")
            return answer.status_code, answer.json()["code"] if answer.is_error else ""

    assert await status(token()) == (200, "")
    assert await status(token(b"x" * 32)) == (401, "InvalidToken")
    assert await status(token(alg="HS512")) == (401, "InvalidToken")
    assert await status(jwt.encode(good, "", algorithm="none")) == (401, "InvalidToken")
    assert await status(token(exp=now - 1)) == (401, "ExpiredToken")
    assert await status(token(nbf=now + 60)) == (401, "InvalidToken")
    assert await status(token(iss="other")) == (401, "InvalidToken")
    assert await status(token(aud="other")) == (401, "InvalidToken")
    assert await status(token(role="root")) == (401, "InvalidToken")
    assert await status(token(role=["admin"])) == (401, "InvalidToken")
    assert await status(token(sid=["s"])) == (401, "InvalidToken")
    assert await status(token(org="")) == (401, "InvalidToken")
    assert await status("not.a.token") == (401, "InvalidToken")
    without = {name: claim for name, claim in good.items() if name != "exp"}
    eternal = jwt.encode(without, secret, algorithm="HS256", headers={"kid": kid})
    assert await status(eternal) == (401, "InvalidToken")


async def test_another_organisation_sees_and_touches_nothing(edge: Edge) -> None:
    async with edge.bearer("acme") as ours, edge.bearer("rival") as theirs:
        id = (await campaign(ours))["id"]
        await send_list(ours, id)
        prospect = (await ours.get("/api/prospects")).json()[0]["id"]
        await ours.post(f"/api/campaigns/{id}/start")
        agent = (await ours.get("/api/agents")).json()[0]["id"]
        for path in ("/api/campaigns", "/api/prospects", "/api/agents"):
            assert (await theirs.get(path)).json() == []
        for path in ("/api/prospects", "/api/agents"):
            assert (await theirs.get(f"{path}?campaignId={id}")).json() == []
        for method, path in (
            ("GET", f"/api/campaigns/{id}"),
            ("POST", f"/api/campaigns/{id}/pause"),
            ("GET", f"/api/campaigns/{id}/prospects.csv"),
            ("GET", f"/api/campaigns/{id}/events"),
            ("GET", f"/api/prospects/{prospect}"),
            ("GET", f"/api/prospects/{prospect}/history"),
            ("DELETE", f"/api/prospects/{prospect}"),
            ("POST", f"/api/agents/{agent}/stop"),
        ):
            assert (await theirs.request(method, path)).status_code == 404, path
        assert (await send_list(theirs, id)).status_code == 404


async def test_a_page_of_another_origin_cannot_act_with_the_cookie(edge: Edge) -> None:
    async with edge.browser() as client:
        for origin in ("https://evil.example", f"{edge.url}.evil.example", "null", None):
            headers = {"Origin": origin} if origin else {}
            if origin is None:
                del client.headers["Origin"]
            said = {"name": "x", "sources": ["sample"]}
            answer = await client.post("/api/campaigns", json=said, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (403, "ForbiddenOrigin")
        assert (await client.get("/api/campaigns")).json() == []
        next_app = {"Origin": "http://localhost:3000"}
        answer = await client.post("/api/campaigns", json=said, headers=next_app)
        assert answer.status_code == 201


async def test_cross_origin_calls_may_read_the_headers_that_they_need(edge: Edge) -> None:
    async with edge.client(Origin="http://localhost:3000") as client:
        asked = {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type,idempotency-key",
        }
        preflight = await client.options("/api/campaigns", headers=asked)
        assert preflight.status_code == 200
        assert preflight.headers["access-control-allow-origin"] == "http://localhost:3000"
        assert preflight.headers["access-control-allow-credentials"] == "true"
        answer = await client.get("/api/campaigns")
        exposed = answer.headers["access-control-expose-headers"]
        assert {"Link", "ETag", "Retry-After", "Filon-Cursor"} <= set(exposed.split(", "))


async def test_each_role_does_what_it_may(edge: Edge) -> None:
    async with edge.bearer(role="operator") as operator:
        id = (await campaign(operator))["id"]
        await send_list(operator, id)
        prospect = (await operator.get("/api/prospects")).json()[0]["id"]
        assert (await operator.delete(f"/api/prospects/{prospect}")).status_code == 403
    async with edge.bearer(role="viewer") as viewer:
        assert (await viewer.get(f"/api/campaigns/{id}")).status_code == 200
        refused = await viewer.post("/api/campaigns", json={"name": "x", "sources": []})
        assert (refused.status_code, refused.json()["code"]) == (403, "RoleNeeded")
        assert (await viewer.post("/api/auth/ticket")).status_code == 200
    async with edge.bearer(role="admin") as admin:
        assert (await admin.delete(f"/api/prospects/{prospect}")).status_code == 200


async def test_logout_ends_the_session_at_every_edge(nats_url: str, edge: Edge) -> None:
    async with serving(nats_url) as other, edge.browser() as client:
        token = client.cookies["filon_session"]
        refreshed = (await client.post("/api/auth/refresh")).json()["token"]
        answer = await client.post("/api/auth/logout")
        assert answer.json() == {"status": "signedOut"} and "filon_session" not in client.cookies
        for each in (token, refreshed):
            async with edge.client(Authorization=f"Bearer {each}") as bearer:
                assert (await bearer.get("/api/auth/me")).json()["code"] == "RevokedToken"
            async with asyncio.timeout(150):
                while await _accepts(other.parts.sessions, each):  # noqa: ASYNC110  # another process's
                    await asyncio.sleep(0.01)
    async with serving(nats_url) as later:
        assert not await _accepts(later.parts.sessions, token)


async def test_logout_closes_what_the_session_listens_to(edge: Edge) -> None:
    async with edge.browser() as client:
        cookie = f"filon_session={client.cookies['filon_session']}"
        url = edge.url.replace("http", "ws", 1) + "/ws"
        headers = {"Cookie": cookie}
        async with connect(url, origin=Origin(edge.url), additional_headers=headers) as socket:
            assert "READY" in await socket.recv()
            await client.post("/api/auth/logout")
            with pytest.raises(ConnectionClosed) as closed:
                await _listen(socket)
            assert closed.value.rcvd is not None and closed.value.rcvd.code == 4401


async def test_a_ticket_is_good_once_at_any_edge(nats_url: str, edge: Edge) -> None:
    async with serving(nats_url) as other, edge.browser() as client:
        made = (await client.post("/api/auth/ticket")).json()
        assert made["expiresIn"] == 30
        accesses: list[Sessions] = [edge.parts.sessions, other.parts.sessions] * 4
        redeemed = await asyncio.gather(
            *(access.redeem_ticket(made["ticket"]) for access in accesses), return_exceptions=True
        )
        principals = [each for each in redeemed if not isinstance(each, BaseException)]
        assert len(principals) == 1 and principals[0].org == "acme"
        with pytest.raises(InvalidToken):
            await accesses[0].redeem_ticket("made-up")


async def _listen(socket: ClientConnection) -> None:
    while True:
        await socket.recv()


async def _accepts(access: Sessions, token: str) -> bool:
    try:
        access.of_token(token)
    except InvalidToken:
        return False
    return True

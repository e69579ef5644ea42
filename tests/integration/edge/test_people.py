"""People are let in, changed and put out: at every edge, at once."""

import asyncio
import time
from dataclasses import replace
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from services.accounts import Account, Accounts, Administration
from services.accounts.tokens import LONGEST_SESSION_S
from tests.integration.edge.edges import EMAIL, PASSWORD, Edge, serving

LEO = "leo@acme.example"
OTHER = "tournesol vélo brume lampe"


async def add(client: httpx.AsyncClient, email: str = LEO, **said: str) -> dict[str, Any]:
    body = {"email": email, "role": "operator", "password": PASSWORD} | said
    answer = await client.post("/api/users", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def sign_in(edge: Edge, email: str = LEO, password: str = PASSWORD) -> httpx.AsyncClient:
    """Holds the token as a Bearer."""
    async with edge.client() as client:
        answer = await client.post("/api/auth/login", json={"email": email, "password": password})
    assert answer.status_code == 200, answer.text
    return edge.client(Authorization=f"Bearer {answer.json()['token']}")


async def code(client: httpx.AsyncClient, path: str = "/api/auth/me") -> str:
    answer = await client.get(path)
    return answer.json()["code"] if answer.is_error else ""


async def until_put_out(client: httpx.AsyncClient) -> None:
    async with asyncio.timeout(20):
        while await code(client) != "RevokedToken":  # noqa: ASYNC110  # another process's
            await asyncio.sleep(0.02)


async def listen(socket: ClientConnection) -> None:
    while True:
        await socket.recv()


async def test_an_administrator_adds_lists_changes_and_removes_people(edge: Edge) -> None:
    async with edge.browser() as admin:
        leo = await add(admin, role="viewer")
        assert leo | {"id": "", "createdAt": ""} == {
            "id": "",
            "email": LEO,
            "org": "acme",
            "role": "viewer",
            "language": "fr",
            "createdAt": "",
        }
        assert [each["email"] for each in (await admin.get("/api/users")).json()] == [EMAIL, LEO]
        changed = await admin.patch(f"/api/users/{leo['id']}", json={"role": "operator"})
        assert changed.json()["role"] == "operator"
        removed = await admin.delete(f"/api/users/{leo['id']}")
        assert removed.json() == {"id": leo["id"], "status": "removed"}
        assert [each["email"] for each in (await admin.get("/api/users")).json()] == [EMAIL]
        assert (await admin.delete(f"/api/users/{leo['id']}")).json()["code"] == "UserNotFound"


@pytest.mark.parametrize(
    "change",
    [{"role": "viewer"}, {"role": "admin"}, {"password": OTHER}, {"endSessions": True}, None],
)
async def test_whoever_is_changed_or_removed_is_put_out_of_every_edge(
    nats_url: str, edge: Edge, change: dict[str, Any] | None
) -> None:
    async with serving(nats_url) as other, edge.browser() as admin:
        leo = await add(admin)
        here, ticket = await sign_in(edge), ""
        async with here, other.client(Authorization=here.headers["authorization"]) as there:
            assert await code(here) == await code(there) == ""
            ticket = (await here.post("/api/auth/ticket")).json()["ticket"]
            token = here.headers["authorization"].removeprefix("Bearer ")
            url = other.url.replace("http", "ws", 1) + "/ws"
            bearer = {"Authorization": f"Bearer {token}"}
            async with connect(url, additional_headers=bearer) as socket:
                assert "READY" in str(await socket.recv())
                path = f"/api/users/{leo['id']}"
                answer = await (admin.patch(path, json=change) if change else admin.delete(path))
                assert answer.status_code == 200, answer.text
                with pytest.raises(ConnectionClosed) as closed:
                    await listen(socket)
                assert closed.value.rcvd is not None and closed.value.rcvd.code == 4401
            assert await code(here) == "RevokedToken"
            await until_put_out(there)
            assert (await there.post("/api/auth/refresh")).status_code == 401
        async with connect(f"{url}?ticket={ticket}") as late:
            with pytest.raises(ConnectionClosed) as refused:
                await late.recv()
            assert refused.value.rcvd is not None and refused.value.rcvd.code == 4401
        if change:
            async with await sign_in(other, password=change.get("password", PASSWORD)) as again:
                assert await code(again) == ""


async def test_what_the_command_line_changed_is_known_within_seconds(edge: Edge) -> None:
    async with edge.browser() as admin:
        leo = await add(admin)
    async with await sign_in(edge) as client:
        people = Administration(edge.parts.engine, "acme")
        await asyncio.to_thread(people.end_sessions, leo["id"])  # as another process does
        await until_put_out(client)


async def test_a_session_of_an_earlier_epoch_is_not_refreshed_by_an_edge_that_knows_nothing_yet(
    edge: Edge,
) -> None:
    accounts = Accounts(edge.parts.engine)
    ada = await asyncio.to_thread(accounts.authenticate, EMAIL, PASSWORD)
    assert ada is not None
    _, principal = edge.parts.sessions.open(ada.id, ada.org, ada.role, ada.language, ada.epoch)
    later = Account(ada.id, ada.org, ada.email, ada.role, ada.language, 1, ada.created_at)

    with pytest.raises(Exception, match="revoked"):
        edge.parts.sessions.refresh(principal, later)


async def test_refreshing_ends_thirty_days_after_the_password_was_given(edge: Edge) -> None:
    accounts, sessions = Accounts(edge.parts.engine), edge.parts.sessions
    ada = await asyncio.to_thread(accounts.authenticate, EMAIL, PASSWORD)
    assert ada is not None
    _, opened = sessions.open(ada.id, ada.org, ada.role, ada.language, ada.epoch)
    begun = float(int(time.time()) - LONGEST_SESSION_S + 60)

    token, longer = sessions.refresh(replace(opened, signed_in_at=begun), ada)

    assert longer.expires_at == begun + LONGEST_SESSION_S
    assert sessions.of_token(token) == longer


async def test_only_an_administrator_manages_and_only_the_own_organisation(edge: Edge) -> None:
    async with edge.browser() as admin:
        leo = await add(admin)
        path = f"/api/users/{leo['id']}"
        for role in ("viewer", "operator"):
            async with edge.bearer(role=role) as client:
                for method, where, body in (
                    ("GET", "/api/users", None),
                    ("POST", "/api/users", {"email": "a@b.c", "role": "admin", "password": OTHER}),
                    ("PATCH", path, {"role": "admin"}),
                    ("DELETE", path, None),
                    ("PATCH", "/api/organisation", {"language": "en"}),
                ):
                    answer = await client.request(method, where, json=body)
                    assert (answer.status_code, answer.json()["code"]) == (403, "RoleNeeded")
        async with edge.bearer("rival") as rival:
            assert (await rival.get("/api/users")).json() == []
            assert (await rival.patch(path, json={"role": "admin"})).status_code == 404
            assert (await rival.delete(path)).status_code == 404
        assert len((await admin.get("/api/users")).json()) == 2


async def test_what_makes_no_account_says_why_beside_its_field(edge: Edge) -> None:
    async with edge.browser() as admin:
        await add(admin)
        person = {"email": "eve@acme.example", "role": "viewer", "password": PASSWORD}
        for wrong, field in (
            ({"email": "nobody"}, "email"),
            ({"password": "passwordpassword"}, "password"),
            ({"password": "eve@acme.example"}, "password"),
            ({"role": "root"}, "role"),
        ):
            answer = await admin.post("/api/users", json=person | wrong)
            assert answer.status_code == 422, answer.text
            assert [error["field"] for error in answer.json()["errors"]] == [field]
        taken = await admin.post("/api/users", json=person | {"email": "LEO@acme.example"})
        assert (taken.status_code, taken.json()["code"]) == (409, "EmailTaken")
        nothing = await admin.patch("/api/users/u-1", json={})
        assert nothing.status_code == 422


async def test_the_last_administrator_can_neither_leave_nor_step_down(edge: Edge) -> None:
    async with edge.browser() as admin:
        me = (await admin.get("/api/auth/me")).json()["id"]
        for answer in (
            await admin.delete(f"/api/users/{me}"),
            await admin.patch(f"/api/users/{me}", json={"role": "viewer"}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (409, "LastAdmin")
        assert await code(admin) == ""


async def test_everybody_changes_the_own_password_and_stays_signed_in_here_alone(
    edge: Edge,
) -> None:
    async with edge.browser() as admin:
        await add(admin, role="viewer")
    async with await sign_in(edge) as elsewhere, await sign_in(edge) as client:
        wrong = {"currentPassword": "guess", "newPassword": OTHER}
        refused = await client.post("/api/auth/password", json=wrong)
        assert [each["field"] for each in refused.json()["errors"]] == ["currentPassword"]
        weak = {"currentPassword": PASSWORD, "newPassword": LEO}
        refused = await client.post("/api/auth/password", json=weak)
        assert [each["field"] for each in refused.json()["errors"]] == ["newPassword"]
        said = {"currentPassword": PASSWORD, "newPassword": OTHER}
        answer = await client.post("/api/auth/password", json=said)
        assert answer.status_code == 200 and "filon_session" in answer.headers["set-cookie"]
        assert await code(elsewhere) == await code(client) == "RevokedToken"
        async with edge.client(Authorization=f"Bearer {answer.json()['token']}") as anew:
            assert await code(anew) == ""


async def test_guesses_at_the_own_password_are_slowed_down_too(edge: Edge) -> None:
    async with edge.browser() as admin:
        said = {"currentPassword": "guess", "newPassword": OTHER}
        for _ in range(5):
            await admin.post("/api/auth/password", json=said)
        assert (await admin.post("/api/auth/password", json=said)).status_code == 429


async def test_an_organisation_s_language_is_its_administrators_to_choose(edge: Edge) -> None:
    async with edge.browser() as admin:
        assert (await admin.get("/api/organisation")).json() == {"id": "acme", "language": "fr"}
        changed = await admin.patch("/api/organisation", json={"language": "en"})
        assert changed.json() == {"id": "acme", "language": "en"}
        assert (await admin.post("/api/auth/refresh")).json()["user"]["language"] == "en"


async def test_a_frontend_on_any_port_of_this_machine_may_act_in_development(edge: Edge) -> None:
    async with edge.browser() as admin:
        said = {"name": "x", "sources": ["sample"]}
        headers = {"Origin": "http://localhost:3001"}
        answer = await admin.post("/api/campaigns", json=said, headers=headers)
        assert answer.status_code == 201
        assert answer.headers["access-control-allow-origin"] == "http://localhost:3001"

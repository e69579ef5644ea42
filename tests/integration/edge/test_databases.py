"""What each database makes of the unusual: the same."""

import pytest
from sqlalchemy import text

from tests.integration.edge.edges import EMAIL, PASSWORD, Edge, campaign


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/campaigns/c-1%00", 404),
        ("/api/prospects/%00", 404),
        ("/api/prospects?q=a%00b", 422),
        ("/api/prospects?campaignId=%00", 422),
        ("/api/agents?campaignId=c-1%00", 422),
        ("/api/campaigns?nothing%00=1", 422),
    ],
)
async def test_a_nul_in_a_path_or_a_query_is_refused_in_words(
    edge: Edge, path: str, status: int
) -> None:
    async with edge.bearer() as client:
        answer = await client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )


async def test_nobody_signs_in_with_a_nul(edge: Edge) -> None:
    async with edge.client() as client:
        for said in (
            {"email": f"{EMAIL}\0", "password": PASSWORD},
            {"email": EMAIL, "password": f"{PASSWORD}\0"},
        ):
            assert (await client.post("/api/auth/login", json=said)).status_code == 401


async def test_a_nul_in_a_name_reaches_the_read_models(edge: Edge) -> None:
    async with edge.bearer() as client:
        made = await campaign(client, name="Spring\0time")
        after = {"Filon-After": (await client.get("/api/campaigns")).headers["Filon-Cursor"]}
        found = (await client.get(f"/api/campaigns/{made['id']}", headers=after)).json()
    assert found["name"] == made["name"]


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
async def test_only_read_models_that_are_not_there_are_a_503(edge_alone: Edge) -> None:
    """A fault of ours is a 500, so that it is seen and mended. SQLite has one error for both."""
    async with edge_alone.bearer() as client:
        with edge_alone.parts.engine.begin() as connection:
            connection.execute(text("ALTER TABLE tickets RENAME COLUMN principal TO other"))
        assert (await client.post("/api/auth/ticket")).status_code == 500
        assert (await client.get("/api/campaigns")).status_code == 503

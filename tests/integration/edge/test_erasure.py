"""What an erased prospect leaves behind: nothing, wherever it was kept."""

import asyncio

from services.prospecting.context import Context
from services.prospecting.handlers import prospects
from tests.database_files import in_files
from tests.integration.edge.edges import Edge, campaign, send_list


async def test_answers_kept_for_a_key_go_with_the_prospect_that_they_tell_of(edge: Edge) -> None:
    async with edge.bearer() as client:
        id = (await campaign(client))["id"]
        await send_list(client, id)
        chosen = (await client.get("/api/prospects?sort=name")).json()[0]
        ctx = Context.of_person("acme", "qualifier")
        failure = {"reason": "timeout"}
        await prospects.fail(edge.parts.log, ctx, id, chosen["id"], "failure.model", failure)
        path, key = f"/api/prospects/{chosen['id']}", {"Idempotency-Key": "again-1"}
        retried = await client.post(f"{path}/retry", headers=key)
        assert retried.json()["email"] == chosen["email"]
        assert (await client.delete(path)).status_code == 200
        async with asyncio.timeout(150):
            while still_there(edge, chosen["email"]):  # noqa: ASYNC110  # no event says so
                await asyncio.sleep(0.01)


def still_there(edge: Edge, words: str) -> bool:
    return words.encode() in in_files(edge.parts.engine, "answers")

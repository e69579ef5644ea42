"""Who is at work, as REST says it."""

from tests.databases import ON_SQLITE
from tests.integration.edge.edges import Edge, campaign, send_list

pytestmark = ON_SQLITE


async def test_nobody_is_at_work_while_the_campaign_is_paused(edge: Edge) -> None:
    async with edge.bearer() as client:
        id = (await campaign(client))["id"]
        await send_list(client, id)
        here, agent = f"/api/campaigns/{id}", f"/api/agents/qualifier-{id}"
        for command, status in (("start", "running"), ("pause", "idle"), ("resume", "running")):
            answer = await client.post(f"{here}/{command}")
            after = {"Filon-After": answer.headers["Filon-Cursor"]}
            agents = (await client.get(f"/api/agents?campaignId={id}", headers=after)).json()
            assert {each["status"] for each in agents} == {status}
            assert (await client.get(agent, headers=after)).json()["status"] == status


async def test_one_sent_to_work_in_a_paused_campaign_waits_for_it(edge: Edge) -> None:
    async with edge.bearer() as client:
        id = (await campaign(client))["id"]
        await send_list(client, id)
        agent = f"/api/agents/qualifier-{id}"
        await client.post(f"/api/campaigns/{id}/start")
        assert (await client.post(f"{agent}/stop")).json()["status"] == "stopped"
        await client.post(f"/api/campaigns/{id}/pause")
        assert (await client.post(f"{agent}/start")).json()["status"] == "idle"
        resumed = await client.post(f"/api/campaigns/{id}/resume")
        after = {"Filon-After": resumed.headers["Filon-Cursor"]}
        assert (await client.get(agent, headers=after)).json()["status"] == "running"

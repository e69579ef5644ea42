"""A cluster's address names several servers, with commas between them."""

from dataclasses import replace

from events.campaign import CampaignCompleted
from tests.integration.agents.stage import Stage, facts
from tests.nats_servers import free_port


async def test_agents_work_while_one_server_of_the_list_is_gone(stage: Stage) -> None:
    gone = f"nats://127.0.0.1:{free_port()}"
    async with replace(stage, url=f"{gone}, {stage.url}").working():
        await stage.start(await stage.campaign("csv", companies=2))
        events = await stage.until(CampaignCompleted)
    assert facts(events, CampaignCompleted)

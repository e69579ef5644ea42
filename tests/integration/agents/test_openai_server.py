"""A model over the network: whatever speaks the OpenAI API."""

import json
import socket

from pydantic import SecretStr

from events.agent import ModelCalled
from events.campaign import CampaignCompleted
from events.prospect import ProspectFailed, ProspectScored
from services.agents.models.chosen import ChosenModel
from services.agents.models.offline import assess
from services.agents.models.settings import ModelSettings
from tests.integration.agents.openai_server import serving
from tests.integration.agents.stage import Stage, facts


def _behind(url: str, timeout_s: float = 120) -> ChosenModel:
    return ChosenModel(
        ModelSettings(
            name="openai/small", base_url=url, api_key=SecretStr("sk-test"), timeout=timeout_s
        )
    )


async def test_a_model_behind_an_openai_server_qualifies_prospects(stage: Stage) -> None:
    with serving(lambda document: "```json\n" + json.dumps(assess(document)) + "\n```") as server:
        async with stage.working(_behind(server.url)):
            await stage.start(await stage.campaign("csv", companies=3))
            events = await stage.until(CampaignCompleted)
    scores = facts(events, ProspectScored)
    assert [scored.model for scored in scores] == ["openai/small"] * 3
    assert all(len(scored.evidence) >= 5 for scored in scores)
    assert {(c.prompt_tokens, c.completion_tokens) for c in facts(events, ModelCalled)} == {
        (100, 14)
    }
    assert server.authorizations == {"Bearer sk-test"}
    assert server.paths == {"/v1/chat/completions"}
    assert {asked["model"] for asked in server.requests} == {"small"}


async def test_a_server_that_is_not_there_fails_the_prospect_and_nothing_else(
    stage: Stage,
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}/v1"
        async with stage.working(_behind(url, timeout_s=5)):
            await stage.start(await stage.campaign("csv", companies=1))
            events = await stage.until(CampaignCompleted)
    (failed,) = facts(events, ProspectFailed)
    assert failed.params == {"reason": "unreachable"}

"""A model over the network: whatever speaks the OpenAI API."""

import json
import socket

from events.agent import ModelCalled
from events.campaign import CampaignCompleted
from events.prospect import ProspectFailed, ProspectScored
from services.agents.models.offline import assess
from services.agents.models.settings import ModelSettings
from tests.integration.agents.openai_server import serving
from tests.integration.agents.stage import Stage, facts


async def test_a_model_behind_an_openai_server_qualifies_prospects(stage: Stage) -> None:
    with serving(lambda document: "```json\n" + json.dumps(assess(document)) + "\n```") as server:
        environment = {
            "FILON_MODEL": "openai/small",
            "FILON_MODEL_BASE_URL": server.url,
            "FILON_MODEL_API_KEY": "sk-test",
        }
        async with stage.working(ModelSettings.from_env(environment)):
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
        models = ModelSettings("openai/small", url, "sk-test", timeout=5)
        async with stage.working(models):
            await stage.start(await stage.campaign("csv", companies=1))
            events = await stage.until(CampaignCompleted)
    (failed,) = facts(events, ProspectFailed)
    assert failed.params == {"reason": "unreachable"}

"""A model over the network: whatever speaks the OpenAI API."""

import json
import socket

import pytest
from pydantic import SecretStr

from events.agent import ActivityReported, AgentFailed, ModelCalled
from events.campaign import CampaignCompleted
from events.prospect import ProspectFailed, ProspectFound, ProspectScored
from services.agents.models.chosen import ChosenModel
from services.agents.models.offline import assess
from services.agents.models.settings import ModelSettings
from services.prospecting.handlers import agents
from tests.integration.agents.openai_server import Trouble, serving
from tests.integration.agents.stage import Stage, facts, per_prospect


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
    assert {(c.prompt_tokens, c.completion_tokens) for c in facts(events, ModelCalled)} == {(50, 7)}
    assert server.authorizations == {"Bearer sk-test"}
    assert server.paths == {"/v1/chat/completions"}
    assert {asked["model"] for asked in server.requests} == {"small"}


def _good(document: str) -> str:
    return json.dumps(assess(document))


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (Trouble(401, "invalid_api_key", "Incorrect API key: sk-test-123"), "failure.model-key"),
        (Trouble(403, message="not for you"), "failure.model-key"),
        (Trouble(402, message="pay first"), "failure.model-credit"),
        (Trouble(429, "insufficient_quota", "quota exceeded"), "failure.model-credit"),
        (Trouble(404, "model_not_found", "no such model"), "failure.model-missing"),
        (Trouble(400, "unsupported_value", "temperature is fixed"), "failure.model-parameter"),
    ],
)
async def test_the_model_s_own_fault_fails_the_agent_and_no_prospect(
    stage: Stage, trouble: Trouble, code: str
) -> None:
    with serving(_good, trouble) as server:
        async with stage.working(_behind(server.url)):
            id = await stage.campaign("csv", companies=30)
            await stage.start(id)
            (failed,) = facts(await stage.until(AgentFailed), AgentFailed)
            assert failed.code == code
            assert failed.params["said"] and "sk-test" not in failed.params["said"]
            await stage.idle()
            assert len(server.requests) <= 2 * stage.settings.concurrency
            server.trouble = None
            await agents.start(stage.log, stage.person(), f"qualifier-{id}")
            events = await stage.until(CampaignCompleted)
    assert per_prospect(events, ProspectScored) == per_prospect(events, ProspectFound)
    assert not facts(events, ProspectFailed)


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (Trouble(429, headers={"Retry-After": "0.2"}), "busy"),
        (Trouble(503), "unavailable"),
        (Trouble(200, cut=True), "unreachable"),
    ],
)
async def test_trouble_that_passes_uses_up_no_attempts_and_is_told(
    stage: Stage, trouble: Trouble, reason: str
) -> None:
    with serving(_good, trouble) as server:
        async with stage.working(_behind(server.url)):
            await stage.start(await stage.campaign("csv", companies=6))
            await stage.until_told("activity.model-away", 3 * stage.settings.attempts)
            server.trouble = None
            events = await stage.until(CampaignCompleted)
    told = [f for f in facts(events, ActivityReported) if f.code == "activity.model-away"]
    assert {f.params["reason"] for f in told} == {reason}
    assert per_prospect(events, ProspectScored) == per_prospect(events, ProspectFound)
    assert not facts(events, ProspectFailed)


async def test_a_server_that_is_not_there_is_waited_for(stage: Stage) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}/v1"
        async with stage.working(_behind(url, timeout_s=5)):
            await stage.start(await stage.campaign("csv", companies=1))
            await stage.until_told("activity.model-away", 8)
            events = await stage.history()
    assert not facts(events, ProspectFailed) + facts(events, CampaignCompleted)


@pytest.mark.parametrize(
    "words",
    ["", "I can't.", "Action: search\nAction Input: {}", '{"facts": [{"field": "email"}]}'],
)
async def test_a_prospect_that_cannot_be_answered_costs_three_calls_at_most(
    stage: Stage, words: str
) -> None:
    with serving(lambda document: words) as server:
        async with stage.working(_behind(server.url)):
            await stage.start(await stage.campaign("csv", companies=1))
            (failed,) = facts(await stage.until(ProspectFailed), ProspectFailed)
            assert failed.params == {"reason": "refused-answer"}
            assert 1 <= len(server.requests) <= 3
            await stage.idle()
    assert not facts(await stage.history(), CampaignCompleted)

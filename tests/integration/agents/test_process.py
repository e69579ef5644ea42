"""A worker process from outside: its health, its metrics, and its end when a part of it dies."""

import asyncio
import os
import socket
from collections import Counter
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from events.campaign import CampaignCompleted
from events.prospect import ProspectFailed
from services.agents import workers
from services.agents.models.chosen import ChosenModel
from services.agents.models.settings import ModelSettings
from tests.integration.agents.stage import QUICK, Scripted, Stage
from tests.nats_servers import NatsServer, free_port


def _broken(document: str) -> str:
    raise RuntimeError("out of order")


async def test_metrics_tell_what_was_done_tried_again_and_given_up(stage: Stage) -> None:
    stage.settings = QUICK.model_copy(update={"port": free_port()})
    url = f"http://127.0.0.1:{stage.settings.port}/metrics"
    async with stage.working(Scripted(_broken)), httpx.AsyncClient() as client:
        id = await stage.campaign("csv", companies=1)
        await stage.start(id)
        await stage.until(ProspectFailed)
        await stage.idle()
        text = (await client.get(url)).text
    expected = {"nacked": QUICK.attempts - 1, "rejected": 1}
    assert _done("qualifier", text) == expected
    assert "filon_work_received_processed_messages_duration_seconds" in text
    assert "p1-" not in text


def _done(queue: str, text: str) -> Counter[str]:
    """How often the queue's work came to each end: Prometheus' text, read."""
    family = "filon_work_received_processed_messages"
    return Counter(
        {
            sample.labels["status"]: int(sample.value)
            for metric in text_string_to_metric_families(text)
            for sample in metric.samples
            if metric.name == family
            and sample.name == f"{family}_total"
            and sample.labels["handler"] == queue
        }
    )


async def test_health_follows_nats(stage: Stage, nats_server: NatsServer) -> None:
    stage.settings = QUICK.model_copy(update={"port": free_port()})
    url = f"http://127.0.0.1:{stage.settings.port}/healthz"
    each_anew = httpx.Limits(max_keepalive_connections=0)
    # A restart stops this loop, in which both ends live: a kept connection may expire meanwhile.
    async with stage.working(), httpx.AsyncClient(limits=each_anew) as client:
        await _answers(client, url, 204)
        nats_server.kill9()
        await _answers(client, url, 500)
        nats_server.restart()
        await _answers(client, url, 204)


async def _answers(client: httpx.AsyncClient, url: str, status: int) -> None:
    async with asyncio.timeout(90):
        while True:
            try:
                if (await client.get(url)).status_code == status:
                    return
            except httpx.ConnectError:  # not there yet
                pass
            await asyncio.sleep(0.05)


async def test_a_part_that_dies_ends_the_run_with_its_error(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    dies = asyncio.Event()

    async def complete_campaigns(*_: object) -> None:
        await dies.wait()
        raise ZeroDivisionError

    monkeypatch.setattr(workers, "complete_campaigns", complete_campaigns)
    app = workers.application(
        stage.url, stage.log, ChosenModel(ModelSettings()), stage.identity, {}, stage.settings
    )
    running = asyncio.create_task(app.run())
    dies.set()  # so early that the broker is still starting
    with pytest.raises(BaseExceptionGroup) as died:
        await asyncio.wait_for(running, 90)
    assert died.group_contains(ZeroDivisionError)


async def test_a_worker_process_whose_port_is_taken_ends(stage: Stage, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with stage.worker_process(tmp_path / "a", FILON_AGENTS_PORT=port) as worker:
            assert await asyncio.to_thread(worker.wait, 150) == os.EX_SOFTWARE


async def test_workers_take_the_addresses_of_a_whole_cluster(stage: Stage, nats_url: str) -> None:
    nobody = f"nats://127.0.0.1:{free_port()}"
    stage.url = f"{nobody},{nats_url}"
    async with stage.working():
        await stage.start(await stage.campaign("csv", companies=1))
        await stage.until(CampaignCompleted)

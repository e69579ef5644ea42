"""The queues on the server: as this version wants them, whatever was there before."""

from dataclasses import replace

import pytest
from nats.js.api import ConsumerConfig

from events.campaign import CampaignCompleted
from events.prospect import ProspectFound, ProspectScored
from services.agents import queues
from tests.integration.agents.stage import QUICK, Stage, per_prospect


async def _config(stage: Stage, name: str) -> ConsumerConfig:
    found = await stage.log.nc.jetstream().consumer_info(queues.STREAM, name)
    config: ConsumerConfig = found.config
    return config


async def test_the_queues_of_an_earlier_version_are_brought_up_to_date(stage: Stage) -> None:
    js = stage.log.nc.jetstream()
    old = replace(
        queues.RESCORER.configuration(QUICK),
        filter_subjects=None,
        filter_subject=queues.RESCORER.filters[0],
        ack_wait=60,
        max_ack_pending=7,
    )
    await js.add_consumer(queues.STREAM, config=old)
    await queues.declare(js, QUICK)
    now = await _config(stage, "rescorer")
    assert sorted(now.filter_subjects or []) == sorted(queues.RESCORER.filters)
    assert (now.ack_wait, now.max_ack_pending) == (QUICK.ack_wait, queues.MOST_UNDER_WAY)


async def test_a_queue_brought_up_to_date_goes_on_where_it_was(stage: Stage) -> None:
    async with stage.working():
        await stage.start(await stage.campaign("csv", companies=3))
        await stage.until(CampaignCompleted)
    before = await stage.log.nc.jetstream().consumer_info(queues.STREAM, "rescorer")
    stage.settings = QUICK.model_copy(update={"ack_wait": 9})
    async with stage.working():
        after = await stage.log.nc.jetstream().consumer_info(queues.STREAM, "rescorer")
        assert after.config.ack_wait == 9
        assert after.created == before.created
        await stage.start(await stage.campaign("csv", companies=3))
        events = await stage.until(CampaignCompleted, 2)
    assert per_prospect(events, ProspectScored) == per_prospect(events, ProspectFound)


async def test_queues_that_are_as_wanted_are_left_alone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    js = stage.log.nc.jetstream()
    await queues.declare(js, QUICK)

    async def add_consumer(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(js, "add_consumer", add_consumer)
    await queues.declare(js, QUICK)


async def test_queues_for_all_campaigns_together_are_retired(stage: Stage) -> None:
    js = stage.log.nc.jetstream()
    old = replace(queues.RESCORER.configuration(QUICK), durable_name="qualifier")
    await js.add_consumer(queues.STREAM, config=old)
    async with stage.working():
        names = {info.name for info in await js.consumers_info(queues.STREAM)}
    assert {"researcher", "rescorer"} <= names
    assert "qualifier" not in names

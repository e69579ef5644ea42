"""Metrics ticks: the latest counts are told, whatever became of the connection meanwhile."""

import asyncio
import contextlib
from datetime import UTC, datetime
from typing import cast

from nats.aio.client import Client
from nats.errors import OutboundBufferLimitError

from events.campaign import Budget
from events.targeting import Targeting
from projections.campaigns import CampaignView, Metrics
from projections.metrics_ticks import MetricsTicks


class Away:
    """A connection that has been away for so long that its buffer is full, and comes back."""

    def __init__(self, refusals: int) -> None:
        self._refusals = refusals
        self.told: dict[str, bytes] = {}
        self.back = asyncio.Event()

    async def publish(self, subject: str, data: bytes) -> None:
        if self._refusals:
            self._refusals -= 1
            raise OutboundBufferLimitError
        self.told[subject] = data
        self.back.set()


def campaign(found: int) -> CampaignView:
    return CampaignView(
        id="c-1",
        name="Spring",
        targeting=Targeting(),
        sources=("csv",),
        threshold=80,
        budget=Budget(),
        metrics=Metrics(prospects_found=found),
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        version=1,
    )


async def test_a_tick_that_could_not_be_told_is_told_once_nats_is_back() -> None:
    away = Away(refusals=2)
    ticks = MetricsTicks(cast(Client, away))
    ticks.note("acme", campaign(1))
    ticks.note("acme", campaign(2))
    running = asyncio.create_task(ticks.run())
    async with asyncio.timeout(150):
        await away.back.wait()
    running.cancel()
    (told,) = away.told.items()
    assert told[0] == "filon-live.acme.c-1.metrics"
    assert b'"prospectsFound":2' in told[1]


async def test_it_ends_when_it_is_cancelled_even_where_nats_swallows_that() -> None:
    class Swallowing(Away):
        async def publish(self, subject: str, data: bytes) -> None:
            self.back.set()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.Event().wait()

    swallowing = Swallowing(0)
    ticks = MetricsTicks(cast(Client, swallowing))
    ticks.note("acme", campaign(1))
    running = asyncio.create_task(ticks.run())
    await swallowing.back.wait()
    running.cancel()
    async with asyncio.timeout(150):
        await running

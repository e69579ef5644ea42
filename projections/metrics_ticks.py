"""The metrics tick: a campaign's latest counts, at most four times a second, never stored."""

import asyncio
import contextlib
from types import TracebackType

from nats.aio.client import Client

from events.subjects import live_subject
from projections.campaigns import CampaignView

INTERVAL = 0.25
"""Seconds between two ticks of one campaign."""


class MetricsTicks:
    """Publishes what was noted last, for each campaign that changed since its last tick."""

    def __init__(self, nc: Client) -> None:
        self._nc = nc
        self._latest: dict[str, bytes] = {}
        self._wake = asyncio.Event()

    def note(self, org: str, campaign: CampaignView) -> None:
        subject = live_subject(org, campaign.id, "metrics")
        self._latest[subject] = campaign.metrics.model_dump_json(by_alias=True).encode()
        self._wake.set()

    async def __aenter__(self) -> "MetricsTicks":
        self._task = asyncio.create_task(self._tick())
        return self

    async def __aexit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def _tick(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            latest, self._latest = self._latest, {}
            for subject, metrics in latest.items():
                await self._nc.publish(subject, metrics)
            await asyncio.sleep(INTERVAL)

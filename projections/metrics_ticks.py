"""The metrics tick: a campaign's latest counts, at most four times a second, never stored."""

import asyncio

from nats.aio.client import Client
from nats.errors import Error as NatsError

from events.subjects import live_subject
from projections.campaigns import CampaignView

INTERVAL_S = 0.25
"""Between two ticks of one campaign."""


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

    async def run(self) -> None:
        """Until cancelled."""
        task = asyncio.current_task()
        while task is not None and not task.cancelling():  # nats-py may swallow the cancellation
            await self._wake.wait()
            self._wake.clear()
            await self._publish()
            await asyncio.sleep(INTERVAL_S)

    async def _publish(self) -> None:
        latest, self._latest = self._latest, {}
        try:
            for subject, metrics in latest.items():
                await self._nc.publish(subject, metrics)
        except NatsError:  # away for so long that no more fits its buffer: told again
            self._latest = latest | self._latest
            self._wake.set()

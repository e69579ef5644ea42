"""The event stream of one edge process, whole: its hub, and all that feeds and looks after it."""

import asyncio
import contextlib
from uuid import UUID

from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from events.subjects import live_subject
from projections.queries import ReadModels
from services.edge.answers import ANSWERED
from services.edge.stream.fanout.campaign_metrics import CampaignMetrics
from services.edge.stream.fanout.housekeeping import keep_house
from services.edge.stream.fanout.hub import Hub
from services.edge.stream.fanout.subscriptions import Subscriptions
from services.edge.stream.fanout.tail import LogTail
from services.edge.stream.settings import StreamSettings
from services.log import Log


class EventStream:
    """`start` it before and `stop` it after serving; connections deal with its `hub`."""

    def __init__(
        self, log: Log, read_models: ReadModels, settings: StreamSettings | None = None
    ) -> None:
        self._log = log
        subscriptions = Subscriptions()
        self._metrics = CampaignMetrics(log.nc, read_models, subscriptions)
        chosen = settings or StreamSettings.from_env()
        self.hub = Hub(log, self._metrics, subscriptions, chosen)
        self._tail = LogTail(self.hub)
        self._answers: Subscription | None = None
        self._housekeeping: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Returns once the newest facts are at hand; raises `Unavailable`."""
        await self._metrics.start()
        self._answers = await self._log.nc.subscribe(
            live_subject("*", "_", ANSWERED), cb=self._answered
        )
        await self._tail.start()
        self._housekeeping = asyncio.create_task(keep_house(self.hub))

    async def stop(self) -> None:
        """Sends everybody away, and reads no more."""
        self.hub.close()
        if self._housekeeping is not None:
            self._housekeeping.cancel()
            await asyncio.gather(self._housekeeping, return_exceptions=True)
        await self._tail.stop()
        await self._metrics.stop()
        if self._answers is not None and not self._log.nc.is_closed:
            with contextlib.suppress(OSError):
                await self._answers.unsubscribe()

    async def _answered(self, signal: Msg) -> None:
        self.hub.hold.answered(signal.subject.split(".")[1], UUID(signal.data.decode()))

"""The latest metrics of each campaign, as the projector signals them."""

import asyncio
import contextlib
import logging
import time
from typing import NamedTuple

import orjson
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from sqlalchemy.exc import SQLAlchemyError

from events.subjects import live_subject
from projections.queries import ReadModels
from services.edge.cursor import Cursor
from services.edge.stream.clock import Clock
from services.edge.stream.fanout.connection import BrowserConnection
from services.edge.stream.fanout.subscriptions import Interest, SubscriberGroup, Subscriptions
from services.edge.stream.frames import METRICS, Payload
from services.edge.stream.wire.encoding import signal, wrap

logger = logging.getLogger(__name__)

INTERVAL_S = 0.25
"""Seconds between two updates of one campaign, at least."""
_FRESH_S = 30.0
"""Seconds for which what was asked of the read models serves others too."""


class Answer(NamedTuple):
    """The read models' answer for one organisation, shared by all who come meanwhile."""

    asked_at: float
    loaded: "asyncio.Task[None]"


class CampaignMetrics:
    """Shows each connection the metrics of the campaigns it watches."""

    def __init__(
        self,
        nc: Client,
        read_models: ReadModels,
        subscriptions: Subscriptions,
        clock: Clock = time.monotonic,
    ) -> None:
        self._clock = clock
        self._nc, self._read_models, self._subscriptions = nc, read_models, subscriptions
        self._latest: dict[str, dict[str, Payload]] = {}
        self._asked: dict[str, Answer] = {}
        self._heard: dict[tuple[str, str], float] = {}
        """When each campaign's last tick came; what the read models said before is older."""
        self._shown: dict[tuple[str, str], float] = {}
        self._due: set[tuple[str, str]] = set()
        self._showing: set[asyncio.Task[None]] = set()
        self._subscription: Subscription | None = None

    async def start(self) -> None:
        self._subscription = await self._nc.subscribe(
            live_subject("*", "*", "metrics"), cb=self._ticked
        )

    async def stop(self) -> None:
        for task in self._showing:
            task.cancel()
        await asyncio.gather(*self._showing, return_exceptions=True)
        if self._subscription is not None and not self._nc.is_closed:
            with contextlib.suppress(OSError):
                await self._subscription.unsubscribe()

    def show(self, connection: BrowserConnection, interest: Interest) -> None:
        """The current metrics, for somebody who just joined."""
        if interest.types is None or METRICS in interest.types:
            task = asyncio.create_task(self._show(connection, interest))
            self._showing.add(task)
            task.add_done_callback(self._showing.discard)

    async def _show(self, connection: BrowserConnection, interest: Interest) -> None:
        await self._ask(interest.org)
        group = connection.group
        if group is None or group.interest != interest:
            return
        for campaign, metrics in self._latest.get(interest.org, {}).items():
            if interest.campaign in (None, campaign):
                connection.tell(METRICS, {"campaignId": campaign, "metrics": metrics})

    async def _ask(self, org: str) -> None:
        answer = self._asked.get(org)
        if answer is None or self._clock() - answer.asked_at > _FRESH_S:
            answer = Answer(self._clock(), asyncio.create_task(self._load(org)))
            self._asked[org] = answer
        await asyncio.shield(answer.loaded)

    async def _load(self, org: str) -> None:
        began = self._clock()
        try:
            views = await asyncio.to_thread(self._read_models.campaigns, org)
        except SQLAlchemyError as error:
            logger.warning("stream.metrics_unread error=%s", error)
            del self._asked[org]  # whoever comes next asks again
            return
        known = self._latest.setdefault(org, {})
        for view in views:
            if view.status != "draft" and self._heard.get((org, view.id), 0.0) < began:
                known[view.id] = view.metrics.model_dump(mode="json", by_alias=True)

    async def _ticked(self, tick: Msg) -> None:
        _, org, campaign, _ = tick.subject.split(".")
        self._latest.setdefault(org, {})[campaign] = orjson.loads(tick.data)
        place = (org, campaign)
        self._heard[place] = self._clock()
        if place in self._due:
            return
        wait = self._shown.get(place, 0.0) + INTERVAL_S - self._clock()
        if wait <= 0:
            self._push(place)
        else:
            self._due.add(place)
            asyncio.get_running_loop().call_later(wait, self._push, place)

    def _push(self, place: tuple[str, str]) -> None:
        self._due.discard(place)
        self._shown[place] = self._clock()
        org, campaign = place
        payload = {"campaignId": campaign, "metrics": self._latest[org][campaign]}
        for group in self._subscriptions.at(org, campaign):
            if group.interest.types is None or METRICS in group.interest.types:
                tell(group, METRICS, payload)


def tell(group: SubscriberGroup, type: str, payload: Payload) -> None:
    """A message to all of them that is no fact."""
    text = signal(type, payload, Cursor(group.epoch, group.delivered).encode())
    group.push(wrap([text], group.interest.transport))

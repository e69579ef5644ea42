"""The durable work queues on the stream: one for each role, shared by all worker processes."""

import asyncio
import logging
from dataclasses import dataclass

from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import NotFoundError

from events.subjects import everything
from services.agents.retries import AWAY
from services.agents.settings import WorkSettings

_log = logging.getLogger(__name__)

STREAM = "FILON"
MOST_UNDER_WAY = 1000
"""Messages that are being worked on or wait for their next attempt, in all processes together."""
WATCH = 2.0
"""Seconds between two looks at whether the queues are there."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Which facts a role works on."""

    name: str
    filters: tuple[str, ...]

    def configuration(self, settings: WorkSettings) -> ConsumerConfig:
        return ConsumerConfig(
            durable_name=self.name,
            filter_subjects=list(self.filters),
            ack_policy=AckPolicy.EXPLICIT,
            deliver_policy=DeliverPolicy.ALL,
            ack_wait=settings.ack_wait,
            max_ack_pending=MOST_UNDER_WAY,
            max_deliver=-1,
        )


_STARTED = (
    everything(kind="campaign", event_type="CampaignStarted"),
    everything(kind="campaign", event_type="CampaignResumed"),
    everything(kind="agent", event_type="AgentStarted"),
)
RESEARCHER = Queue("researcher", _STARTED)
DISPATCHER = Queue("dispatcher", _STARTED)
QUALIFIER = Queue(
    "qualifier",
    (
        everything(kind="prospect", event_type="ProspectFound"),
        everything(kind="prospect", event_type="ProspectAssigned"),
    ),
)
QUEUES = (RESEARCHER, DISPATCHER, QUALIFIER)


async def declare(js: JetStreamContext, settings: WorkSettings) -> None:
    """Makes the queues that are missing; raises what NATS raises."""
    for queue in QUEUES:
        try:
            await js.consumer_info(STREAM, queue.name)
        except NotFoundError:
            await js.add_consumer(STREAM, config=queue.configuration(settings))
            _log.info("queue.made name=%s", queue.name)


async def keep(js: JetStreamContext, settings: WorkSettings) -> None:
    """Workers of a queue that somebody deleted would wait for ever, in silence.

    A queue that is made anew delivers everything again: what is done already is left as it is.
    """
    while True:
        await asyncio.sleep(WATCH)
        try:
            await declare(js, settings)
        except AWAY as error:
            _log.warning("queues.unseen error=%s", type(error).__name__)

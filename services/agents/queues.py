"""The durable work queues on the stream, shared by all worker processes: one for each role, but for
the qualifier, which has one for each campaign (`desk.py`)."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import NotFoundError

from events.subjects import everything
from services.agents.outages import AWAY
from services.agents.settings import WorkSettings

_log = logging.getLogger(__name__)

STREAM = "FILON"
MOST_UNDER_WAY = 1000
"""Messages that are being worked on or wait for their next attempt, in all processes together."""
WATCH_S = 2.0
"""Between two looks at whether the queues are there."""
CHANGEABLE = ("ack_wait", "max_ack_pending", "max_deliver")
"""What the server lets be changed of a queue, beside its filters."""


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
RESCORER = Queue(
    "rescorer",
    (
        everything(kind="campaign", event_type="CampaignChanged"),
        everything(kind="prospect", event_type="ProspectEnriched"),
    ),
)
QUEUES = (RESEARCHER, RESCORER)
RETIRED = ("dispatcher", "qualifier")
"""Of earlier versions, for all campaigns together."""


async def declare(js: JetStreamContext, settings: WorkSettings) -> None:
    """Makes the queues that are missing, and has those of an earlier version do as this one says;
    raises what NATS raises."""
    for queue in QUEUES:
        wanted = queue.configuration(settings)
        found = await _found_or_made(js, wanted)
        if changed := _differences(found, wanted):
            await js.add_consumer(STREAM, config=replace(found, **changed))
            _log.info("queue.changed name=%s what=%s", queue.name, ",".join(changed))


async def retire(js: JetStreamContext) -> None:
    """Removes the queues that no worker of this version works on; raises what NATS raises."""
    for name in RETIRED:
        with suppress(NotFoundError):
            await js.delete_consumer(STREAM, name)
            _log.info("queue.removed name=%s", name)


async def keep(js: JetStreamContext, settings: WorkSettings) -> None:
    """Workers of a queue that somebody deleted would wait for ever, in silence.

    A queue that is made anew delivers everything again: what is done already is left as it is. One
    that differs is left: during an upgrade, workers of two versions would change it to and fro.
    """
    while True:
        await asyncio.sleep(WATCH_S)
        try:
            for queue in QUEUES:
                await _found_or_made(js, queue.configuration(settings))
        except AWAY as error:
            _log.warning("queues.unseen error=%s", type(error).__name__)


async def _found_or_made(js: JetStreamContext, wanted: ConsumerConfig) -> ConsumerConfig:
    name = str(wanted.durable_name)
    try:
        queue = await js.consumer_info(STREAM, name)
    except NotFoundError:
        queue = await js.add_consumer(STREAM, config=wanted)
        _log.info("queue.made name=%s", name)
    found: ConsumerConfig = queue.config
    return found


def _differences(found: ConsumerConfig, wanted: ConsumerConfig) -> dict[str, Any]:
    """What of `wanted` the server has otherwise, of what it lets be changed.

    A single filter is `filter_subject` to the server, and several stand in the order in which they
    were given first.
    """
    changed = {
        name: value
        for name in CHANGEABLE
        if getattr(found, name) != (value := getattr(wanted, name))
    }
    filters = [found.filter_subject] if found.filter_subject else found.filter_subjects or []
    if sorted(filters) != sorted(wanted.filter_subjects or []):
        changed |= {"filter_subject": None, "filter_subjects": wanted.filter_subjects}
    return changed

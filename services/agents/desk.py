"""The prospects that wait: a durable consumer for each campaign, and turns that are fair.

A campaign that rests is not asked for work, and keeps its place: pausing, resuming and starting an
agent again cost nothing.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import count

from nats.aio.msg import Msg
from nats.errors import NoRespondersError
from nats.js import JetStreamContext
from nats.js.errors import NotFoundError

from events.subjects import everything
from services.agents.campaign_progress import CampaignsInProgress, Key
from services.agents.outages import AWAY
from services.agents.queues import STREAM, Queue
from services.agents.settings import WorkSettings
from services.log import Log

_log = logging.getLogger(__name__)

QUALIFIER = "qualifier"
NOTHING_S = 0.1
"""Before the next look where no campaign had work to give."""
ASK_S = 5.0
"""Within which the server says whether there is work."""
SWEEP_S = 60.0
"""Between two looks for queues of campaigns that have ended."""
_NO_WAIT = json.dumps({"batch": 1, "no_wait": True}).encode()


class Desk:
    """Hands out one waiting prospect at a time: organisations in turn, and the campaigns of each in
    turn. Raises what NATS raises."""

    def __init__(self, log: Log, campaigns: CampaignsInProgress, settings: WorkSettings) -> None:
        self._log, self._campaigns, self._settings = log, campaigns, settings
        self._turn = count(1)
        self._served: dict[str | Key, int] = {}

    async def next(self) -> Msg:
        """The next prospect's message, once there is one."""
        while True:
            for key in self._in_turn():
                if (message := await self._take(key)) is not None:
                    self.note_served(key)
                    return message
            await asyncio.sleep(NOTHING_S)

    def _in_turn(self) -> Iterator[Key]:
        waiting = {key for key, progress in self._campaigns.campaigns.items() if progress.at_desk}
        while waiting:
            key = self.most_patient(waiting)
            waiting.remove(key)
            yield key

    def most_patient(self, keys: set[Key]) -> Key:
        """Of the organisation that was served longest ago, the campaign that was."""
        return min(keys, key=lambda k: (self._served.get(k[0], 0), self._served.get(k, 0), k))

    def note_served(self, key: Key) -> None:
        self._served[key] = self._served[key[0]] = next(self._turn)

    async def _take(self, key: Key) -> Msg | None:
        subject = f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.{queue_of(key).name}"
        try:  # in the old style, for a fact comes under its own subject, not under the inbox's
            message = await self._log.nc.request(subject, _NO_WAIT, timeout=ASK_S, old_style=True)
        except NoRespondersError:
            await self._make(key)
            return None
        said = message.headers or {}
        return None if "Status" in said and not message.data else message

    async def _make(self, key: Key) -> None:
        js = self._log.nc.jetstream()
        await js.add_consumer(STREAM, config=queue_of(key).configuration(self._settings))
        _log.info("queue.made name=%s", queue_of(key).name)


def queue_of(key: Key) -> Queue:
    """The queue of one campaign."""
    org, campaign_id = key
    filters = tuple(
        everything(org, campaign_id, "prospect", event_type)
        for event_type in ("ProspectFound", "ProspectAssigned")
    )
    return Queue(f"{QUALIFIER}_{org}_{campaign_id}", filters)


async def forget_ended(log: Log, campaigns: CampaignsInProgress) -> None:
    """Removes the queues of campaigns that have ended, until cancelled. One removed too early comes
    back and delivers all again: what is done already is left as it is."""
    while True:
        await asyncio.sleep(SWEEP_S)
        if not campaigns.current:
            continue
        try:
            await remove_all_but(log.nc.jetstream(), campaigns.campaigns.keys())
        except AWAY as error:
            _log.warning("queues.unseen error=%s", type(error).__name__)


async def remove_all_but(js: JetStreamContext, keys: Iterable[Key]) -> None:
    """Keeps the queues of these campaigns only; raises what NATS raises."""
    needed = {queue_of(key).name for key in keys}
    for name in [name async for name in _names(js) if name not in needed]:
        try:
            await js.delete_consumer(STREAM, name)
            _log.info("queue.removed name=%s", name)
        except NotFoundError:
            continue  # another process was first


async def _names(js: JetStreamContext) -> AsyncIterator[str]:
    offset = 0
    while page := await js.consumers_info(STREAM, offset=offset):
        for info in page:
            if str(info.name).startswith(f"{QUALIFIER}_"):
                yield str(info.name)
        offset += len(page)

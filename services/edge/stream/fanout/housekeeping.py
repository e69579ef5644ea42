"""Once a second: heartbeats, progress, credentials that run out, and peers that are gone.

One task for all connections: a timer each would cost more memory than the rest of an idle one.
"""

import asyncio
import logging
import time
from itertools import count

from services.edge.cursor import Cursor
from services.edge.stream.clock import Clock
from services.edge.stream.close_codes import Code
from services.edge.stream.fanout.campaign_metrics import tell
from services.edge.stream.fanout.connection import BrowserConnection
from services.edge.stream.fanout.hub import Hub
from services.edge.stream.metrics import QUEUED

logger = logging.getLogger(__name__)

_PROGRESS_S = 5
"""Seconds between two `CURSOR` messages, at least."""


async def keep_house(hub: Hub, clock: Clock = time.time) -> None:
    """Looks after all connections of the hub, until cancelled."""
    for tick in count():
        await asyncio.sleep(1)
        look_after(hub, tick, clock())


def look_after(hub: Hub, tick: int, now: float) -> None:
    """One round, the `tick`th; `now` is of `time.time`."""
    if tick % _PROGRESS_S == 0:
        _tell_progress(hub)
    queued = 0
    for connection in tuple(hub.connections):
        queued += connection.queued()
        try:
            _check(hub, connection, tick, now)
        except Exception:  # what is wrong with one keeps nobody else from being looked after
            logger.exception("stream.check_failed")
    QUEUED.set(queued)


def _tell_progress(hub: Hub) -> None:
    """So that a filtered subscription's cursor does not fall behind what replay can reach."""
    for group in hub.subscriptions:
        position = hub.handed_out(group.interest.org)
        if group.delivered < position:
            group.delivered = position
            tell(group, "CURSOR", {"cursor": Cursor(hub.epoch, position).encode()})


def _check(hub: Hub, connection: BrowserConnection, tick: int, now: float) -> None:
    left = connection.expires_in(now)
    if left <= 0:
        connection.close(Code.NOT_AUTHENTICATED, "The session has expired; sign in again.")
    elif left <= hub.settings.expiry_warning and not connection.expiry_told:
        connection.expiry_told = True
        words = "The session is about to expire; send AUTH with a new token."
        warning = {"code": "TOKEN_EXPIRING", "message": words, "secondsLeft": int(left)}
        connection.tell("ERROR", warning)
    if (tick + id(connection) // 64) % hub.settings.heartbeat == 0:
        if connection.group is not None:
            connection.tell("HEARTBEAT", {})
        connection.probe(hub.settings.silence)

"""Once a second: heartbeats, progress, credentials that run out, and peers that are gone.

One task for all connections: a timer each would cost more memory than the rest of an idle one.
"""

import asyncio
import logging
from itertools import count
from typing import TYPE_CHECKING

from services.edge.stream.close_codes import Code
from services.edge.stream.fanout.campaign_metrics import tell
from services.edge.stream.fanout.connection import BrowserConnection
from services.edge.stream.metrics import QUEUED

if TYPE_CHECKING:
    from services.edge.stream.fanout.hub import Hub

logger = logging.getLogger(__name__)

_PROGRESS = 5
"""Seconds between two `CURSOR` messages, at least."""


async def keep_house(hub: "Hub") -> None:
    """Until cancelled."""
    for tick in count():
        await asyncio.sleep(1)
        if tick % _PROGRESS == 0:
            _tell_progress(hub)
        queued = 0
        for connection in tuple(hub.connections):
            queued += connection.queued()
            try:
                _check(hub, connection, tick)
            except Exception:  # what is wrong with one keeps nobody else from being looked after
                logger.exception("stream.check_failed")
        QUEUED.set(queued)


def _tell_progress(hub: "Hub") -> None:
    """So that a filtered subscription's cursor does not fall behind what replay can reach."""
    for audience in hub.routes:
        if audience.delivered < hub.position:
            audience.delivered = hub.position
            tell(audience, "CURSOR", {"cursor": hub.now().encode()})


def _check(hub: "Hub", connection: BrowserConnection, tick: int) -> None:
    left = connection.expires_in()
    if left <= 0:
        connection.close(Code.NOT_AUTHENTICATED, "The session has expired; sign in again.")
    elif left <= hub.settings.expiry_warning and not connection.expiry_told:
        connection.expiry_told = True
        words = "The session is about to expire; send AUTH with a new token."
        told = {"code": "TOKEN_EXPIRING", "message": words, "secondsLeft": int(left)}
        connection.tell("ERROR", told)
    if (tick + id(connection) // 64) % hub.settings.heartbeat == 0:
        if connection.audience is not None:
            connection.tell("HEARTBEAT", {})
        connection.probe(hub.settings.silence)

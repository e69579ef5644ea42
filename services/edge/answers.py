"""The signal that a command's answer has left, to all edges: what it caused may be told now."""

import contextlib
from uuid import UUID

from events.subjects import live_subject
from services.log import Log
from services.log.jetstream.connection import UNREACHABLE

ANSWERED = "answered"
"""Name of the signal; its data is the command's id."""


async def announce(log: Log, org: str, command: UUID) -> None:
    """Lost where the log is away: then the edges' own patience ends the wait."""
    with contextlib.suppress(*UNREACHABLE):
        await log.nc.publish(live_subject(org, "_", ANSWERED), str(command).encode())

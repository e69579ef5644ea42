"""Deleting messages so that their bytes are gone from the server's files.

A message is deleted by its sequence, which overwrites its bytes at once; a purge by subject would
only mark them, and reset the expected sequence with them. In a cluster the bytes also stand in each
server's Raft log, until that is compacted.
"""

from services.log.errors import Missing
from services.log.jetstream.api import call
from services.log.jetstream.connection import NatsConnection
from services.log.jetstream.reader import DirectReader


async def delete_before(nc: NatsConnection, stream: str, pattern: str, before: int) -> int:
    """Deletes what is on `pattern` below sequence `before`; returns how many messages that were."""
    earlier = [
        message.sequence
        for message in await DirectReader(nc, stream).after(pattern, 0)
        if message.sequence < before
    ]
    for sequence in earlier:
        await _delete(nc, stream, sequence)
    return len(earlier)


async def _delete(nc: NatsConnection, stream: str, sequence: int) -> None:
    try:
        await call(nc, f"STREAM.MSG.DELETE.{stream}", {"seq": sequence, "no_erase": False})
    except Missing:
        return

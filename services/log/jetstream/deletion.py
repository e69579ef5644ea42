"""Deleting messages so that their bytes are gone from the server's files.

A message is deleted by its sequence, which overwrites its bytes at once; a purge by subject would
only mark them, and reset the expected sequence with them. In a cluster the bytes also stand in each
server's Raft log, until that is compacted.
"""

from services.log.errors import Missing
from services.log.jetstream.api import call
from services.log.jetstream.connection import NatsConnection
from services.log.jetstream.current import CurrentReader


async def delete_before(nc: NatsConnection, stream: str, pattern: str, before: int) -> int:
    """Deletes what is on `pattern` below sequence `before`, until the leader finds nothing there;
    returns how many messages that were. Raises `Unavailable`."""
    reader = CurrentReader(nc, stream)
    deleted = 0
    while (first := await reader.next(pattern, 0)) is not None and first.sequence < before:
        for message in await reader.all_from_leader(pattern):
            if message.sequence < before:
                await _delete(nc, stream, message.sequence)
                deleted += 1
    return deleted


async def _delete(nc: NatsConnection, stream: str, sequence: int) -> None:
    try:
        await call(nc, f"STREAM.MSG.DELETE.{stream}", {"seq": sequence, "no_erase": False})
    except Missing:
        return

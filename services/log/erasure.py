"""Deleting messages so that their bytes are gone from the server's files.

A message is deleted by its sequence, which overwrites its bytes at once; a purge by subject would
only mark them, and reset the expected sequence with them. In a cluster the bytes also stand in each
server's Raft log, until that is compacted.
"""

from services.log.api import call
from services.log.connection import Connection
from services.log.errors import Missing
from services.log.reader import Reader


async def delete_before(nc: Connection, stream: str, pattern: str, before: int) -> int:
    """Deletes what is on `pattern` below sequence `before`; returns how many messages that were."""
    earlier = [
        message.sequence
        for message in await Reader(nc, stream).after(pattern, 0)
        if message.sequence < before
    ]
    for sequence in earlier:
        await _delete(nc, stream, sequence)
    return len(earlier)


async def _delete(nc: Connection, stream: str, sequence: int) -> None:
    try:
        await call(nc, f"STREAM.MSG.DELETE.{stream}", {"seq": sequence, "no_erase": False})
    except Missing:
        return

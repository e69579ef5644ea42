"""What the stream holds now: as its leader has it, whoever answers.

Any replica answers a direct get, one that lags behind the leader too, and nats-server 2.15.1 takes
no notice of `min_last_seq` (measured). So the leader is asked for the newest message, and a
replica's answer counts only where it holds that one: a replica takes messages over in their order,
and has then all that were before it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial

from services.log.errors import Unavailable
from services.log.jetstream.api import all_from_leader, get_from_leader
from services.log.jetstream.connection import NatsConnection
from services.log.jetstream.message import Message
from services.log.jetstream.patience import patiently
from services.log.jetstream.reader import Behind, DirectReader

_REPLICA_S = 1.0
"""Seconds that a replica has for an answer before the leader is asked for it all."""
_PAUSE_S = 0.02
"""Before replicas are asked again, of which the one that answered lags behind."""
_ATTEMPTS = 5


class CurrentReader:
    """Reads on one stream that know everything that was acknowledged before they began."""

    def __init__(self, nc: NatsConnection, stream: str) -> None:
        self._nc, self._stream = nc, stream
        self._replicas = DirectReader(nc, stream)

    async def newest(self, pattern: str) -> Message | None:
        """The newest message on `pattern`; raises `Unavailable`."""
        return await self._one({"last_by_subj": pattern})

    async def next(self, pattern: str, after: int) -> Message | None:
        """The first message on `pattern` after a sequence; raises `Unavailable`."""
        return await self._one({"next_by_subj": pattern, "seq": after + 1})

    async def all(self, pattern: str) -> list[Message]:
        """Every message on `pattern`, in order; raises `Unavailable`."""
        found, newest = await asyncio.gather(self._quickly(pattern), self.newest(pattern))
        if newest is None:
            return []
        if found and found[-1].sequence >= newest.sequence:
            return found
        return await self.all_from_leader(pattern)

    async def all_from_leader(self, pattern: str) -> list[Message]:
        """As `all`, deletions included, of which a replica's answer says nothing: a request for
        each message. Raises `Unavailable`."""
        return await patiently(self._nc, partial(all_from_leader, self._nc, self._stream, pattern))

    async def latest(self, patterns: Sequence[str], until: int | None = None) -> list[Message]:
        """The newest message of each subject that the patterns match, in order, none after
        `until`; raises `Unavailable`."""
        for _ in range(_ATTEMPTS):
            ask = {"last_by_subj": ">"} if until is None else {"seq": until}
            mark = await self._one(ask)
            if mark is None and until is None:
                return []
            try:  # the message at `until` may be deleted: there is nothing then to go by
                return await self._replicas.latest(patterns, until, mark)
            except Behind:
                await asyncio.sleep(_PAUSE_S)
        raise Unavailable(Unavailable.__doc__)

    async def _quickly(self, pattern: str) -> list[Message]:
        with suppress(TimeoutError):
            async with asyncio.timeout(_REPLICA_S):
                return await self._replicas.after(pattern, 0)
        return []

    async def _one(self, ask: Mapping[str, object]) -> Message | None:
        return await patiently(self._nc, partial(get_from_leader, self._nc, self._stream, ask))

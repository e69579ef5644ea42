"""Appending, all or nothing, with optimistic concurrency and group commit.

Commands that arrive while an append is under way share the next atomic batch, at most one of them
for each aggregate, since the server checks expectations against what was stored before the batch.
An error does not say whose expectation failed: each command of a failed batch is then sent alone.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from itertools import count

from services.log.errors import Conflict, TooLarge, TooManyEvents, Unavailable
from services.log.jetstream.api import (
    DUPLICATE_IN_BATCH,
    Answer,
    Transient,
    error_of,
)
from services.log.jetstream.append import MOST, Append, fail, send
from services.log.jetstream.connection import UNREACHABLE, NatsConnection
from services.log.jetstream.message import Draft
from services.log.jetstream.read_back import read_back

PATIENCE_S = 30.0
"""Seconds within which a server that went away, or elects a leader, may come back."""
_ALONE = 16
"""Up to so many single events, publishing each by itself is faster than a batch, for which the
server makes, syncs and removes a store of its own."""
_LINGER_S = 0.002
"""Seconds that the next batch waits at most for those who shared the last one to come back: less
than a batch takes, and twice the events in it."""
_OWN_HEADERS_BYTES = 1024
"""Bytes kept free in a message for what a batch and an expectation add to it."""
_PAUSE_S = 0.05
_UNDER_WAY = 40
"""Attempts while another write to the same aggregate is neither stored nor refused yet."""


class Appender:
    """Sends what is appended, one batch at a time."""

    def __init__(self, nc: NatsConnection, stream: str) -> None:
        self._nc, self._stream = nc, stream
        self._waiting: list[Append] = []
        self._sender: asyncio.Task[None] | None = None
        self._prefix = nc.new_inbox().rpartition(".")[2]
        self._number = count()
        self._companions, self._ended = 0, 0.0
        """How many commands were in the last batch or came meanwhile, and when it ended."""
        self._together = asyncio.Event()

    async def append(self, append: Append) -> int:
        """The first message's sequence; the others follow it without a gap. Raises `TooManyEvents`,
        `TooLarge`, `Conflict`, `LogFull`, `Unavailable`."""
        if len(append.drafts) > MOST:
            raise TooManyEvents(TooManyEvents.__doc__)
        if any(draft.size > self._nc.max_payload - _OWN_HEADERS_BYTES for draft in append.drafts):
            raise TooLarge(TooLarge.__doc__)
        self._waiting.append(append)
        if len(self._waiting) >= self._companions:
            self._together.set()
        if self._sender is None or self._sender.done():
            self._sender = asyncio.create_task(self._send_waiting())
        return await append.done

    async def close(self) -> None:
        """Ends what is under way; whoever waits for it learns that nothing is known of it."""
        if self._sender is not None:
            self._sender.cancel()
        fail(self._waiting, Unavailable(Unavailable.__doc__))

    async def _send_waiting(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            if len(self._waiting) < self._companions and loop.time() - self._ended < _LINGER_S:
                await self._linger()
            appends = self._take()
            self._companions = len(appends)
            try:
                await self._send(appends)
            except Exception as error:  # noqa: BLE001  # for who waits for these
                fail(appends, error)
            finally:  # also when sending was cancelled by `close`
                fail(appends, Unavailable(Unavailable.__doc__))
            self._ended = loop.time()

    async def _linger(self) -> None:
        """Until all of them are back, or for a moment."""
        self._together.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(_LINGER_S):
                await self._together.wait()

    def _take(self) -> list[Append]:
        """As many waiting commands as fit one batch, none two for one aggregate."""
        taken: list[Append] = []
        left: list[Append] = []
        size, patterns = 0, set[str]()
        for append in self._waiting:
            if append.done.cancelled():
                continue
            own = {expected.pattern for expected in append.expectations.values()}
            if size + len(append.drafts) <= MOST and patterns.isdisjoint(own):
                taken.append(append)
                size += len(append.drafts)
            else:
                left.append(append)
            patterns |= own
        self._waiting = left
        return taken

    async def _send(self, appends: list[Append]) -> None:
        singles = len(appends) <= _ALONE and all(len(append.drafts) == 1 for append in appends)
        if singles or not await self._send_together(appends):
            await asyncio.gather(*(self._settle(append) for append in appends))

    async def _send_together(self, appends: list[Append]) -> bool:
        """Whether all of them were stored."""
        if len(appends) < 2:
            return False
        try:
            answer = await self._publish(appends)
        except UNREACHABLE:
            return False
        if "error" in answer:
            return False
        self._companions += len(self._waiting)
        first = answer["seq"] - sum(len(append.drafts) for append in appends) + 1
        for append in appends:
            append.stored_at(first)
            first += len(append.drafts)
        return True

    async def _settle(self, append: Append) -> None:
        """Sends one command alone, until its fate is known."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                append.stored_at(await self._send_alone(append))
        except TimeoutError:
            append.failed(Unavailable(Unavailable.__doc__))
        except Exception as error:  # noqa: BLE001  # for who waits for this one
            append.failed(error)

    async def _send_alone(self, append: Append) -> int:
        """Raises only what proves that nothing was stored, or `Unavailable`."""
        under_way, unsure = 0, False
        while True:
            try:
                await self._nc.until_connected()
                answer = await self._publish([append])
                error = error_of(answer)
                if error is None and not answer.get("duplicate"):
                    return int(answer["seq"]) - len(append.drafts) + 1
                if (stored := await self._read_back(append, answer)) is not None:
                    return stored
            except (Transient, *UNREACHABLE) as lost:
                if self._nc.is_closed:
                    raise Unavailable(Unavailable.__doc__) from lost
                unsure = True
                await asyncio.sleep(_PAUSE_S)
                continue
            if isinstance(error, Conflict) and under_way < _UNDER_WAY:
                under_way += 1
            elif not isinstance(error, Transient):
                refusal = error or Conflict(Conflict.__doc__)
                if unsure:  # what was sent first may be stored yet
                    raise Unavailable(f"{Unavailable.__doc__} ({refusal})")
                raise refusal
            await asyncio.sleep(_PAUSE_S)

    async def _read_back(self, append: Append, answer: Answer) -> int | None:
        """Where this very command is stored; raises `Conflict`."""
        if append.expectations:
            return await read_back(self._nc, self._stream, append, answer)
        return await self._narrated_before(append.drafts, answer)

    async def _narrated_before(self, drafts: Sequence[Draft], answer: Answer) -> int | None:
        """Narration expects nothing: the server's memory of its id says where it already is."""
        if answer.get("duplicate"):
            return int(answer["seq"]) - len(drafts) + 1
        if answer["error"]["err_code"] != DUPLICATE_IN_BATCH:
            return None
        first = await self._publish([Append(drafts[:1], {})])
        return int(first["seq"]) if first.get("duplicate") else None

    async def _publish(self, appends: Sequence[Append]) -> Answer:
        return await send(self._nc, f"{self._prefix}{next(self._number)}", appends)

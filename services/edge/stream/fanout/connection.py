"""One browser's connection, whatever its transport: what it is told, and how far it is."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Protocol

from services.accounts import Principal, Sessions
from services.edge.cursor import Cursor
from services.edge.stream.close_codes import Code
from services.edge.stream.fanout.subscriptions import Interest, SubscriberGroup
from services.edge.stream.frames import Payload
from services.edge.stream.metrics import EVICTIONS
from services.edge.stream.wire.encoding import Text, Transport, signal, wrap


class Wire(Protocol):
    """The transport's end of a connection, whose buffer is the connection's queue."""

    @property
    def congested(self) -> bool:
        """Whether more waits than the transport likes."""
        ...

    def queued(self) -> int:
        """Bytes that wait."""
        ...

    def write(self, chunk: bytes) -> None:
        """Takes whole messages, prebuilt."""
        ...

    async def drained(self) -> None:
        """Until it is not congested."""
        ...


class BrowserConnection(ABC):
    """A member of at most one group; `None` while it replays or has not joined yet."""

    __slots__ = (
        "_access",
        "_wire",
        "ended",
        "epoch",
        "expiry_warned",
        "group",
        "limit",
        "principal",
        "replay",
        "since",
        "transport",
        "wanted",
    )  # fmt: skip

    def __init__(
        self, access: Sessions, principal: Principal, transport: Transport, limit: int, wire: Wire
    ) -> None:
        self._access, self._wire = access, wire
        self.ended = False
        """Whether nothing is written any more."""
        self.principal = principal
        self.transport = transport
        self.limit = limit
        """Bytes that may wait for it before it is evicted."""
        self.group: SubscriberGroup | None = None
        self.wanted: Interest | None = None
        """What it subscribed to, whether it is level with that already or not."""
        self.replay: asyncio.Task[None] | None = None
        self.epoch = ""
        self.since = 0
        """The sequence up to which it was told before it joined its group."""
        self.expiry_warned = False

    def interest(self, campaign: str | None, types: frozenset[str] | None) -> Interest:
        principal = self.principal
        return Interest(principal.org, campaign, types, principal.language, self.transport)

    @property
    def cursor(self) -> str:
        """The last that was delivered."""
        delivered = self.group.delivered if self.group else 0
        return Cursor(self.epoch, max(self.since, delivered)).encode()

    def tell(self, type: str, payload: Payload) -> None:
        """A message that is no fact."""
        self.write(wrap([signal(type, payload, self.cursor)], self.transport))

    def greet(self, *, resumed: bool = False) -> None:
        """A subscription begins, or what it missed was told and it goes on live."""
        self.tell("READY", {"cursor": self.cursor, "resumed": resumed})

    def replayed(self, texts: Sequence[Text]) -> None:
        """What it missed; unlike the live tail, history is paced."""
        if texts:
            self.write(wrap(texts, self.transport))

    def write(self, chunk: bytes) -> None:
        if not self.ended:
            self._wire.write(chunk)

    async def paced(self, patience: float) -> None:
        """Until it takes more; one that takes nothing for `patience` seconds is evicted, which
        raises `CancelledError`."""
        try:
            async with asyncio.timeout(patience):
                await self._wire.drained()
        except TimeoutError:
            EVICTIONS.labels(self.transport.value).inc()
            self.close(Code.TOO_SLOW, "Nothing was read for too long; come back with your cursor.")
            raise asyncio.CancelledError from None

    def expires_in(self, now: float) -> float:
        """Seconds until its credentials are no good any more, `now` being of `time.time`; none once
        the person signed out."""
        if self._access.ended(self.principal):
            return 0.0
        return self.principal.expires_at - now

    def close(self, code: Code, reason: str) -> None:
        if self.ended:
            return
        self.finish(code, reason)
        self.ended = True

    def queued(self) -> int:
        """Bytes that wait for it."""
        return self._wire.queued()

    def push(self, chunk: bytes) -> None:
        """Live messages; whoever lets too many of them wait is evicted."""
        if self.ended:
            return
        wire = self._wire
        wire.write(chunk)
        if wire.congested and wire.queued() > self.limit:
            EVICTIONS.labels(self.transport.value).inc()
            self.close(Code.TOO_SLOW, "Too slow to keep up; come back with your cursor.")

    @abstractmethod
    def finish(self, code: Code, reason: str) -> None: ...

    @abstractmethod
    def probe(self, silence: float) -> None:
        """Asks whether the peer is still there, and gives it up when it was silent for longer."""

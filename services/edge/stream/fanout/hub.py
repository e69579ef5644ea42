"""What one edge process knows of the stream: the newest facts, who is connected, who subscribed."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from services.edge.stream.close_codes import Closing, Code
from services.edge.stream.fanout.answer_hold import AnswerHold
from services.edge.stream.fanout.campaign_metrics import CampaignMetrics
from services.edge.stream.fanout.connection import BrowserConnection
from services.edge.stream.fanout.known_campaigns import KnownCampaigns
from services.edge.stream.fanout.rate_limits import Attempts
from services.edge.stream.fanout.replay_buffer import Bounds, Item, ReplayBuffer
from services.edge.stream.fanout.subscriptions import Interest, SubscriberGroup, Subscriptions
from services.edge.stream.metrics import CONNECTIONS, DELIVERIES, EVENTS, RESETS
from services.edge.stream.settings import StreamSettings
from services.edge.stream.wire.encoding import wrap
from services.log import Log

_RESTARTS = "The server restarts; come back with your cursor."
_STUCK = "This server can't read a fact; come back with your cursor, to another one."
_STEPS = 20
"""In how many groups browsers are sent away."""


class Hub:
    """State and subscriptions; `EventStream` feeds it and looks after it."""

    def __init__(
        self,
        log: Log,
        metrics: CampaignMetrics,
        subscriptions: Subscriptions,
        settings: StreamSettings,
    ) -> None:
        self.log = log
        self.settings = settings
        self.epoch = ""
        self.position = 0
        """The sequence up to which everything was read."""
        self.buffer = ReplayBuffer(0, Bounds())
        self.subscriptions = subscriptions
        self.hold = AnswerHold(self._release, settings.hold_s, settings.after_answer_s)
        self.connections: set[BrowserConnection] = set()
        self.metrics = metrics
        self.campaigns = KnownCampaigns(log)
        self.history = asyncio.Semaphore(4)
        """Held while a page of the log is read for somebody whom the replay buffer can't serve."""
        self.attempts = Attempts(settings.attempts, settings.attempts / 10)
        self.draining = False
        self.stuck = False
        """Whether the next fact can't be read here; a newer edge may be able to."""
        self._of_user: Counter[tuple[str, str]] = Counter()
        self._moved = asyncio.Event()
        """Set and replaced whenever it has moved."""

    async def drain(self) -> None:
        """Sends every browser away to another edge, or to this one once it is back; not all in the
        same moment, since most come back at once."""
        self.draining = True
        leaving = tuple(self.connections)
        for step in range(_STEPS):
            self._dismiss(leaving[step::_STEPS])
            await asyncio.sleep(self.settings.drain / _STEPS)

    def close(self) -> None:
        """Sends everybody away at once."""
        self.draining = True
        self._dismiss(tuple(self.connections))
        self.hold.clear()

    def suspend(self) -> None:
        """Better no stream than one that silently stands still: until the next fact was read."""
        self.stuck = True
        self._wake()
        for connection in tuple(self.connections):
            connection.close(Code.INTERNAL_ERROR, _STUCK)

    def _dismiss(self, connections: Sequence[BrowserConnection]) -> None:
        for connection in connections:
            connection.close(Code.RESTART, _RESTARTS)

    def enter(self, connection: BrowserConnection) -> None:
        """Raises `Closing` for one too many."""
        if self.draining:
            raise Closing(Code.RESTART, _RESTARTS)
        if self.stuck:
            raise Closing(Code.INTERNAL_ERROR, _STUCK)
        user = (connection.principal.org, connection.principal.user_id)
        if self._of_user[user] >= self.settings.per_user:
            raise Closing(Code.TOO_MANY, "This account has too many connections; close one.")
        self._of_user[user] += 1
        self.connections.add(connection)
        self._place(connection)
        CONNECTIONS.labels(connection.transport.value).inc()

    def leave(self, connection: BrowserConnection) -> None:
        if connection not in self.connections:
            return
        self.connections.remove(connection)
        user = (connection.principal.org, connection.principal.user_id)
        self._of_user[user] -= 1
        if not self._of_user[user]:
            del self._of_user[user]
        self.part(connection)
        CONNECTIONS.labels(connection.transport.value).dec()

    def part(self, connection: BrowserConnection) -> None:
        """Ends its subscription, or the replay that leads to one."""
        if connection.replay is not None:
            connection.replay.cancel()
            connection.replay = None
        if connection.group is not None:
            self.subscriptions.leave(connection, connection.group)
            connection.since = max(connection.since, connection.group.delivered)
            connection.group = None

    def join(self, connection: BrowserConnection, interest: Interest) -> None:
        """From here on it is told at once of what happens; it was told all that happened before."""
        self._place(connection)
        group = connection.group = self.subscriptions.join(connection, interest)
        group.epoch, group.delivered = self.epoch, max(group.delivered, connection.since)
        self.metrics.show(connection, interest)

    def take(self, items: Sequence[Item], position: int, read: int) -> None:
        """Hands out what the log brought, and moves on to `position`."""
        for item in items:
            self.buffer.add(item)
            self.campaigns.note(item.org, item.campaign)
        self.stuck = self.stuck and position == self.position
        self.position = position
        self._wake()
        EVENTS.inc(read)
        self._hand_out(self.hold.pass_on(items))
        self.hold.keep_above(self.buffer.floor)

    def _release(self, items: Sequence[Item]) -> None:
        self._wake()
        self._hand_out(items)

    def _hand_out(self, items: Sequence[Item]) -> None:
        for group, wanted in self.subscriptions.sort(items).items():
            _send(group, wanted)

    def reset(self, connection: BrowserConnection, reason: str) -> None:
        """Says that what it asked for can't be replayed, and goes on from now."""
        RESETS.labels(reason).inc()
        self.part(connection)
        self._place(connection)
        connection.tell("RESET", {"reason": reason, "cursor": connection.cursor})
        if connection.wanted is not None:
            connection.greet()
            self.join(connection, connection.wanted)

    def rebase(self, epoch: str, position: int) -> None:
        """Starts over, in another history or at another place."""
        settings = self.settings
        self.epoch, self.position = epoch, position
        self.stuck = False
        self.hold.clear()
        self.buffer = ReplayBuffer(position, Bounds(settings.ring_items, settings.ring_bytes))
        for group in self.subscriptions:
            group.epoch, group.delivered = epoch, position

    def handed_out(self, org: str) -> int:
        """The sequence up to which an organisation's facts were handed out: the hub's position but
        while a fact waits for the answer of the command that caused it."""
        first = self.hold.first(org)
        return self.position if first is None else first - 1

    def _place(self, connection: BrowserConnection) -> None:
        connection.epoch = self.epoch
        connection.since = self.handed_out(connection.principal.org)

    async def reached(self, sequence: int) -> None:
        """Until the hub itself has read so far."""
        while self.position < sequence:
            await self.moved()

    async def moved(self) -> None:
        """Until it has read or handed out more, or got stuck."""
        await self._moved.wait()

    def _wake(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()


def _send(group: SubscriberGroup, items: Sequence[Item]) -> None:
    interest = group.interest
    chunk = wrap([item.text(interest.language) for item in items], interest.transport)
    group.delivered = items[-1].sequence
    DELIVERIES.labels(interest.transport.value).inc(len(items) * len(group.members))
    group.push(chunk)

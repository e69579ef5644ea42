"""The hub of one edge process: one reader of the log, and every connection that is told of it."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from projections.queries import ReadModels
from services.edge.cursor import Cursor
from services.edge.stream.close_codes import Closing, Code
from services.edge.stream.fanout.campaign_metrics import CampaignMetrics
from services.edge.stream.fanout.connection import BrowserConnection
from services.edge.stream.fanout.housekeeping import keep_house
from services.edge.stream.fanout.known_campaigns import KnownCampaigns
from services.edge.stream.fanout.rate_limits import Attempts
from services.edge.stream.fanout.replay_buffer import Bounds, Item, ReplayBuffer
from services.edge.stream.fanout.subscriptions import Interest, SubscriberGroup, Subscriptions
from services.edge.stream.fanout.tail import LogTail
from services.edge.stream.metrics import CONNECTIONS, DELIVERIES, EVENTS, RESETS
from services.edge.stream.settings import StreamSettings
from services.edge.stream.wire.encoding import wrap
from services.log import Log

_RESTARTS = "The server restarts; come back with your cursor."
_STUCK = "This server can't read a fact; come back with your cursor, to another one."
_STEPS = 20
"""In how many groups browsers are sent away."""


class Hub:
    """What the process knows of the stream; `start` it before and `stop` it after serving."""

    def __init__(
        self, log: Log, read_models: ReadModels, settings: StreamSettings | None = None
    ) -> None:
        self.log = log
        self.settings = settings or StreamSettings.load()
        self.epoch = ""
        self.position = 0
        """The sequence up to which everything was read and handed out."""
        self.ring = ReplayBuffer(0, Bounds())
        self.routes = Subscriptions()
        self.connections: set[BrowserConnection] = set()
        self.board = CampaignMetrics(log.nc, read_models, self.routes)
        self.campaigns = KnownCampaigns(log)
        self.history = asyncio.Semaphore(4)
        """Held while a page of the log is read for somebody whom the ring can't serve."""
        self.attempts = Attempts(self.settings.attempts, self.settings.attempts / 10)
        self.draining = False
        self.stuck = False
        """Whether the next fact can't be read here; a newer edge may be able to."""
        self._of_user: Counter[tuple[str, str]] = Counter()
        self._moved = asyncio.Event()
        """Set and replaced whenever it has moved."""
        self._reader = LogTail(self)
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Returns once the newest facts are at hand."""
        await self.board.start()
        await self._reader.start()
        self._tasks = [asyncio.create_task(keep_house(self))]

    async def stop(self) -> None:
        self.draining = True
        self._dismiss(tuple(self.connections))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._reader.stop()
        await self.board.stop()

    async def drain(self) -> None:
        """Sends every browser away to another edge, or to this one once it is back; not all in the
        same moment, since most come back at once."""
        self.draining = True
        leaving = tuple(self.connections)
        for step in range(_STEPS):
            self._dismiss(leaving[step::_STEPS])
            await asyncio.sleep(self.settings.drain / _STEPS)

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
        connection.epoch, connection.since = self.epoch, self.position
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
        if connection.audience is not None:
            self.routes.leave(connection, connection.audience)
            connection.since = max(connection.since, connection.audience.delivered)
            connection.audience = None

    def join(
        self, connection: BrowserConnection, interest: Interest, *, greet: bool = True
    ) -> None:
        """From here on it is told at once of what happens; it was told all that happened before."""
        connection.epoch, connection.since = self.epoch, self.position
        audience = connection.audience = self.routes.join(connection, interest)
        audience.epoch, audience.delivered = self.epoch, max(audience.delivered, self.position)
        if greet:
            connection.tell("READY", {"cursor": connection.cursor})
        self.board.show(connection, interest)

    def take(self, items: Sequence[Item], position: int, read: int) -> None:
        """Hands out what the log brought, and moves on to `position`."""
        for item in items:
            self.ring.add(item)
            self.campaigns.note(item.org, item.campaign)
        self.stuck = self.stuck and position == self.position
        self.position = position
        self._wake()
        EVENTS.inc(read)
        for audience, told in self.routes.sort(items).items():
            _tell(audience, told)

    def reset(self, connection: BrowserConnection, reason: str) -> None:
        """Says that what it asked for can't be replayed, and goes on from now."""
        RESETS.labels(reason).inc()
        self.part(connection)
        connection.epoch, connection.since = self.epoch, self.position
        connection.tell("RESET", {"reason": reason, "cursor": connection.cursor})
        if connection.wanted is not None:
            self.join(connection, connection.wanted)

    def rebase(self, epoch: str, position: int) -> None:
        """Starts over, in another history or at another place."""
        settings = self.settings
        self.epoch, self.position = epoch, position
        self.stuck = False
        self.ring = ReplayBuffer(position, Bounds(settings.ring_items, settings.ring_bytes))
        for audience in self.routes:
            audience.epoch, audience.delivered = epoch, position

    def now(self) -> Cursor:
        return Cursor(self.epoch, self.position)

    async def reached(self, sequence: int) -> None:
        """Until the hub itself has read so far."""
        while self.position < sequence:
            await self.moved()

    async def moved(self) -> None:
        """Until it has read on, or got stuck."""
        await self._moved.wait()

    def _wake(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()


def _tell(audience: SubscriberGroup, items: Sequence[Item]) -> None:
    interest = audience.interest
    chunk = wrap([item.text(interest.language) for item in items], interest.transport)
    audience.delivered = items[-1].sequence
    DELIVERIES.labels(interest.transport.value).inc(len(items) * len(audience.members))
    audience.push(chunk)

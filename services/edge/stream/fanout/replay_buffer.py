"""The newest facts, ready for sending, so that those who come back need not read the log."""

import logging
from bisect import bisect_right
from collections import deque
from operator import attrgetter
from typing import NamedTuple, Self, cast, get_args
from uuid import UUID

import orjson

from events.agent import AgentStarted, AgentStatus, AgentStopped
from events.campaign import (
    CampaignCancelled,
    CampaignChanged,
    CampaignCreated,
    CampaignImported,
    CampaignPaused,
    CampaignResumed,
    CampaignStarted,
)
from events.fact import Event
from events.prospect import ProspectErased
from events.subjects import Address
from services.edge.cursor import Cursor
from services.edge.stream.frames import Place, ShownFact, frame_of
from services.edge.stream.wire.encoding import Text, message
from services.wording.domain import Language

ITEM_BYTES = 1024
"""What a fact takes in memory besides its texts."""
LANGUAGES: tuple[Language, ...] = get_args(Language)
_BY_SEQUENCE = attrgetter("sequence")

logger = logging.getLogger(__name__)


_AWAITED = (
    CampaignCreated, CampaignChanged, CampaignImported, CampaignStarted, CampaignPaused,
    CampaignResumed, CampaignCancelled, AgentStarted, AgentStopped,
)  # fmt: skip
"""Facts that a person's command leads to, who awaits its answer."""


class Item:
    """One fact that browsers are told of, put into words once, in each language.

    It keeps bytes and not the fact: of twenty thousand facts the garbage collector would look at
    every part, for half a second, while everybody waits.
    """

    __slots__ = (
        "_cursor", "_json", "about", "campaign", "command", "erases", "forgotten", "org",
        "sequence", "size", "type",
    )  # fmt: skip

    def __init__(
        self, event: Event, address: Address, type: str, cursor: str, json: tuple[bytes, ...]
    ) -> None:
        self._cursor, self._json = cursor, json
        self.org, self.campaign = address.org, address.campaign
        self.about = event.originator_id
        self.sequence, self.type = event.sequence, type
        self.command = _answered(event)
        """The person's command whose answer it must not overtake."""
        self.erases = isinstance(event.fact, ProspectErased)
        self.forgotten = False
        """Whether the prospect was erased since: it is told to nobody any more."""
        self.size = ITEM_BYTES + sum(map(len, json))

    @classmethod
    def of(cls, event: Event, epoch: str, status: AgentStatus | None = None) -> Self | None:
        """`status` is the agent's, where it is about one. None for a fact that browsers are not
        told of, and for one that no JSON can hold: what comes after it must not wait for it for
        ever."""
        address = Address.parse(event.originator_id)
        fact = cast(ShownFact, event.fact)
        places = [Place(address.campaign, address.id, each, status) for each in LANGUAGES]
        frames = [frame_of(fact, place) for place in places]
        first = frames[0]
        if first is None:
            return None
        cursor = Cursor(epoch, event.sequence).encode()
        try:
            json = tuple(message(*frame, cursor, event.at) for frame in frames if frame)
        except orjson.JSONEncodeError:
            logger.exception("stream.fact_untold sequence=%s", event.sequence)
            return None
        return cls(event, address, first.type, cursor, json)

    def forget(self) -> None:
        """Only its place in the order stays."""
        self.forgotten = True
        self._json = ()

    def text(self, language: Language) -> Text:
        return Text(self._json[LANGUAGES.index(language)], self._cursor)


def _answered(event: Event) -> UUID | None:
    by_a_person = event.causation_id == event.correlation_id
    return event.correlation_id if by_a_person and isinstance(event.fact, _AWAITED) else None


class Bounds(NamedTuple):
    """What the buffer may hold, of all organisations together."""

    items: int = 20_000
    bytes: int = 128 * 1024 * 1024


class ReplayBuffer:
    """Every told fact after `floor`, oldest first."""

    def __init__(self, floor: int, bounds: Bounds) -> None:
        self.floor = floor
        self._bounds = bounds
        self._items: deque[Item] = deque()
        self._organisations: dict[str, OrganisationBuffer] = {}
        self._bytes = 0

    def add(self, item: Item) -> None:
        if item.erases:
            self._forget(item)
        self._items.append(item)
        self._organisations.setdefault(item.org, OrganisationBuffer()).items.append(item)
        self._bytes += item.size
        while len(self._items) > self._bounds.items or self._bytes > self._bounds.bytes:
            self._drop_oldest()

    def after(self, org: str, sequence: int, limit: int) -> list[Item]:
        """The organisation's first `limit` facts after `sequence`, which is not below `floor`."""
        organisation = self._organisations.get(org)
        return organisation.after(sequence, limit) if organisation else []

    def _forget(self, erased: Item) -> None:
        for item in self._items:
            if item.about == erased.about:
                item.forget()

    def _drop_oldest(self) -> None:
        item = self._items.popleft()
        self._bytes -= item.size
        self.floor = item.sequence
        organisation = self._organisations[item.org]
        organisation.drop_oldest()
        if len(organisation.items) == organisation.dropped:
            del self._organisations[item.org]


class OrganisationBuffer:
    """One organisation's part of the buffer: a list for bisection, compacted now and then."""

    __slots__ = ("dropped", "items")

    def __init__(self) -> None:
        self.items: list[Item | None] = []
        self.dropped = 0
        """How many of the first items are gone."""

    def drop_oldest(self) -> None:
        self.items[self.dropped] = None
        self.dropped += 1
        if self.dropped * 2 > len(self.items):
            del self.items[: self.dropped]
            self.dropped = 0

    def after(self, sequence: int, limit: int) -> list[Item]:
        kept = cast(list[Item], self.items)
        start = bisect_right(kept, sequence, lo=self.dropped, key=_BY_SEQUENCE)
        return kept[start : start + limit]

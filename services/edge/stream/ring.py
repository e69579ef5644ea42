"""The newest facts, ready for sending, so that those who come back need not read the log."""

import logging
from bisect import bisect_right
from collections import deque
from operator import attrgetter
from typing import NamedTuple, Self, cast

import orjson

from events.fact import Event
from events.prospect import ProspectErased
from events.subjects import Address
from services.edge.cursor import Cursor
from services.edge.stream.encoding import Text, message
from services.edge.stream.frames import Frame, Place, Told, frame_of
from services.prospecting.wording import Language

EVENT_BYTES = 6 * 1024
"""What a decoded event takes in memory; its text comes on top."""
_USUAL: Language = "fr"
_BY_SEQUENCE = attrgetter("sequence")

logger = logging.getLogger(__name__)


class Item:
    """One fact that browsers are told of, put into words once for each language."""

    __slots__ = (
        "_epoch", "_event", "_texts", "about", "campaign", "forgotten", "org", "sequence", "size",
        "type",
    )  # fmt: skip

    def __init__(self, event: Event, address: Address, epoch: str, frame: Frame) -> None:
        self._event, self._epoch = event, epoch
        self.org, self.campaign = address.org, address.campaign
        self.about = event.originator_id
        self.sequence, self.type = event.sequence, frame.type
        self.forgotten = False
        """Whether the prospect was erased since: it is told to nobody any more."""
        text = self._encoded(frame)
        self._texts = {_USUAL: text}
        self.size = EVENT_BYTES + len(text.json)

    @classmethod
    def of(cls, event: Event, epoch: str) -> Self | None:
        """None for a fact that browsers are not told of, and for one that no JSON can hold: what
        comes after it must not wait for it for ever."""
        address = Address.parse(event.originator_id)
        frame = _frame(event, address, _USUAL)
        try:
            return cls(event, address, epoch, frame) if frame else None
        except orjson.JSONEncodeError:
            logger.exception("stream.fact_untold sequence=%s", event.sequence)
            return None

    @property
    def erases(self) -> bool:
        return isinstance(self._event.fact, ProspectErased)

    def forget(self) -> None:
        """Only its place in the order stays."""
        if not self.forgotten:
            self.forgotten = True
            del self._event, self._texts

    def text(self, language: Language) -> Text:
        text = self._texts.get(language)
        if text is None:
            frame = _frame(self._event, Address.parse(self._event.originator_id), language)
            assert frame is not None, "which facts are told does not depend on the language"
            text = self._texts[language] = self._encoded(frame)
        return text

    def _encoded(self, frame: Frame) -> Text:
        cursor = Cursor(self._epoch, self._event.sequence).encode()
        return Text(message(*frame, cursor, self._event.at), cursor)


def _frame(event: Event, address: Address, language: Language) -> Frame | None:
    return frame_of(cast(Told, event.fact), Place(address.campaign, address.id, language))


class Bounds(NamedTuple):
    """What the ring may hold, of all organisations together."""

    items: int = 20_000
    bytes: int = 128 * 1024 * 1024


class Ring:
    """Every told fact after `floor`, oldest first."""

    def __init__(self, floor: int, bounds: Bounds) -> None:
        self.floor = floor
        self._bounds = bounds
        self._items: deque[Item] = deque()
        self._shelves: dict[str, Shelf] = {}
        self._bytes = 0

    def add(self, item: Item) -> None:
        if item.erases:
            self._forget(item)
        self._items.append(item)
        self._shelves.setdefault(item.org, Shelf()).items.append(item)
        self._bytes += item.size
        while len(self._items) > self._bounds.items or self._bytes > self._bounds.bytes:
            self._drop_oldest()

    def after(self, org: str, sequence: int, limit: int) -> list[Item]:
        """The organisation's first `limit` facts after `sequence`, which is not below `floor`."""
        shelf = self._shelves.get(org)
        return shelf.after(sequence, limit) if shelf else []

    def _forget(self, erased: Item) -> None:
        for item in self._items:
            if item.about == erased.about:
                item.forget()

    def _drop_oldest(self) -> None:
        item = self._items.popleft()
        self._bytes -= item.size
        self.floor = item.sequence
        shelf = self._shelves[item.org]
        shelf.drop_oldest()
        if len(shelf.items) == shelf.dropped:
            del self._shelves[item.org]


class Shelf:
    """One organisation's part of the ring: a list for bisection, compacted now and then."""

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

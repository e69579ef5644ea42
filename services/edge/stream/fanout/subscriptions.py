"""Who gets which facts: connections that want the same share one group, and one encoding."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from services.edge.stream.fanout.replay_buffer import Item
from services.edge.stream.wire.encoding import Transport
from services.wording.domain import Language


class Interest(NamedTuple):
    """What a connection is to be told, and how."""

    org: str
    campaign: str | None
    """None is every campaign of the organisation."""
    types: frozenset[str] | None
    """None is every type."""
    language: Language
    transport: Transport

    def wants(self, item: Item) -> bool:
        """Whether a fact of its organisation is to be told."""
        return (
            not item.forgotten
            and (self.campaign is None or self.campaign == item.campaign)
            and (self.types is None or item.type in self.types)
        )


class Subscriber(Protocol):
    """A connection that is level with the live tail."""

    def push(self, chunk: bytes) -> None:
        """Takes the bytes of whole messages, at once and without waiting."""
        ...


class SubscriberGroup:
    """All connections with one interest."""

    def __init__(self, interest: Interest) -> None:
        self.interest = interest
        self.members: set[Subscriber] = set()
        self.epoch = ""
        self.delivered = 0
        """The last sequence that it was told, by a fact or by progress."""

    def push(self, chunk: bytes) -> None:
        for member in tuple(self.members):
            member.push(chunk)


class Subscriptions:
    """The groups, found by organisation and campaign."""

    def __init__(self) -> None:
        self._groups: dict[Interest, SubscriberGroup] = {}
        self._by_place: dict[tuple[str, str | None], list[SubscriberGroup]] = {}

    def __iter__(self) -> Iterator[SubscriberGroup]:
        return iter(tuple(self._groups.values()))

    def join(self, member: Subscriber, interest: Interest) -> SubscriberGroup:
        group = self._groups.get(interest)
        if group is None:
            group = self._groups[interest] = SubscriberGroup(interest)
            self._by_place.setdefault((interest.org, interest.campaign), []).append(group)
        group.members.add(member)
        return group

    def leave(self, member: Subscriber, group: SubscriberGroup) -> None:
        group.members.discard(member)
        if group.members:
            return
        interest = group.interest
        if self._groups.get(interest) is not group:
            return
        del self._groups[interest]
        place = (interest.org, interest.campaign)
        self._by_place[place].remove(group)
        if not self._by_place[place]:
            del self._by_place[place]

    def at(self, org: str, campaign: str) -> Iterable[SubscriberGroup]:
        """Whom what happens in that campaign may concern."""
        return (*self._by_place.get((org, None), ()), *self._by_place.get((org, campaign), ()))

    def sort(self, items: Iterable[Item]) -> dict[SubscriberGroup, list[Item]]:
        """What each group is to be told of `items`, in order."""
        told: dict[SubscriberGroup, list[Item]] = {}
        for item in items:
            if item.forgotten:
                continue
            for group in self.at(item.org, item.campaign):
                types = group.interest.types
                if types is None or item.type in types:
                    told.setdefault(group, []).append(item)
        return told

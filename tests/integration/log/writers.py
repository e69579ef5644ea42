"""Writers that contend for a few aggregates, and the checker that judges what came of it."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from services.log import Conflict, Log, Unavailable
from tests.chance import chance
from tests.integration.log.shelf import event, originator, read

AGGREGATES = 8


@dataclass
class Account:
    """What the writers were told."""

    acknowledged: dict[UUID, int] = field(default_factory=dict)
    """Event id → the sequence that the log answered."""
    refused: set[UUID] = field(default_factory=set)
    """Event ids that met a conflict: they must not be in the log."""
    unknown: set[UUID] = field(default_factory=set)

    async def hears_of(self, more: int) -> None:
        """Until so many more events were acknowledged, and some conflict was met."""
        enough = len(self.acknowledged) + more
        while len(self.acknowledged) < enough or not self.refused:  # noqa: ASYNC110  # a count
            await asyncio.sleep(0.01)


async def write(log: Log, account: Account, ended: asyncio.Event, number: int) -> None:
    """Appends one or three events to a random aggregate again and again."""
    chosen = chance(f"writer {number}")
    while not ended.is_set():
        id = f"a{chosen.randrange(AGGREGATES)}"
        try:
            history = await log.load(originator(id))
        except Unavailable:
            continue
        command, version = uuid4(), len(history)
        events = [event(id, version + n, command=command) for n in range(1, chosen.choice((2, 4)))]
        ids = [e.id for e in events]
        try:
            last = await log.append(*events)
        except Conflict:
            account.refused.update(ids)
        except Unavailable:
            account.unknown.update(ids)
        else:
            account.acknowledged.update(zip(ids, range(last - len(ids) + 1, last + 1), strict=True))


async def check(log: Log, account: Account) -> None:
    """Every acknowledged event is there once, where it was said to be; no refused one is; versions
    are gapless in each aggregate."""
    events = await read(log)
    sequences = {e.id: e.sequence for e in events}
    assert len(sequences) == len(events), "an event was stored twice"
    lost = {id for id, at in account.acknowledged.items() if sequences.get(id) != at}
    assert not lost, f"{len(lost)} acknowledged events are lost or elsewhere"
    assert not account.refused & sequences.keys(), "a conflicting write was accepted"
    strangers = sequences.keys() - account.acknowledged.keys() - account.unknown
    assert not strangers, f"{len(strangers)} events of which no writer knows"
    versions = defaultdict(list)
    for e in events:
        versions[e.originator_id].append(e.originator_version)
    for id, found in versions.items():
        assert found == [*range(1, len(found) + 1)], f"{id} has a gap or a double"

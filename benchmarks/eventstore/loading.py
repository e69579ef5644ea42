"""Loading aggregates, short and long."""

import time
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from benchmarks.eventstore.events import found
from benchmarks.eventstore.raw import Raw
from benchmarks.eventstore.timing import in_turns
from benchmarks.report import Row
from services.log import Log
from services.log.cloudevents import pattern_of

LONG = 5000


async def measure(url: str) -> list[Row]:
    log, raw = await Log.connect(url), await Raw.connect(url)
    rows = [await _load(log, raw, size, times) for size, times in ((1, 500), (100, 60))]
    await log.close()
    await raw.close()
    return rows


async def _load(log: Log, raw: Raw, size: int, times: int) -> Row:
    events = found(f"p1-load{size}", count=size)
    await log.append(*events)
    id = events[0].originator_id

    async def ours(_: int) -> None:
        for _ in range(times):
            assert len(await log.load(id)) == size

    async def theirs(_: int) -> None:
        for _ in range(times):
            assert await raw.load(pattern_of(id), 1000) == size

    mine, other, ratio = await in_turns(ours, theirs)
    each = f"{1000 * mine / times:.2f} ms against {1000 * other / times:.2f} ms"
    work = f"load an aggregate of {size}"
    return Row(work, f"{ratio:.2f} × raw: {each}", "≥ 0.7 × raw batched direct get", ratio >= 0.7)


class Counter(Aggregate):
    """An aggregate that lives long."""

    def __init__(self) -> None:
        self.count = 0

    @event("Counted")
    def count_on(self) -> None:
        self.count += 1


def measure_snapshot(url: str) -> Row:
    """The library's repository, with and without a snapshot of the same aggregate."""
    env = {
        "PERSISTENCE_MODULE": "services.log.eventsourcing",
        "LOG_NATS_URL": url,
        "LOG_STREAM": "counters",
    }
    with Application[UUID](env | {"IS_SNAPSHOTTING_ENABLED": "y"}) as app:
        counter = Counter()
        while counter.version < LONG:
            for _ in range(min(500, LONG - counter.version)):
                counter.count_on()
            app.save(counter)
        without = _seconds(app, counter.id, 3)
        app.take_snapshot(counter.id)
        snapshot = _seconds(app, counter.id, 50)
    ratio = without / snapshot
    measured = f"{ratio:.0f} × faster: {1000 * snapshot:.1f} ms against {1000 * without:.0f} ms"
    return Row("load an aggregate of 5,000 by snapshot", measured, "≥ 20 × faster", ratio >= 20)


def _seconds(app: Application[UUID], id: UUID, times: int) -> float:
    started = time.perf_counter()
    for _ in range(times):
        loaded: Counter = app.repository.get(id)
        assert loaded.version == LONG
    return (time.perf_counter() - started) / times

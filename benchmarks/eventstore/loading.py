"""Loading aggregates, short and long."""

from benchmarks.eventstore.events import found
from benchmarks.eventstore.raw import Raw
from benchmarks.eventstore.timing import in_turns
from benchmarks.report import Row
from services.log import Log
from services.log.cloudevents import pattern_of


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

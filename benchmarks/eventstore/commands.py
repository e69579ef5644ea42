"""A command's way: load, decide, append. Asynchronous, as Filon goes it, against the library's
synchronous repository in as many threads as commands are under way; on one log, in turns. What is
measured is this process's own work: the server's is the same for both."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from benchmarks.eventstore.events import found
from benchmarks.eventstore.timing import in_turns
from benchmarks.report import Row
from events.agent import AgentStarted, SourceRead
from events.fact import Event, Fact
from services.history import FilonHistory, replay
from services.log import Log

SEQUENTIAL, CONCURRENT, COMMANDS = 300, 100, 1500
LONG, TIMES = 5000, 3


async def measure(url: str) -> list[Row]:
    log = await Log.connect(url)
    with FilonHistory({"FILON_NATS_URL": url}) as history:
        rows = [
            await _compare(log, history, "one after another", SEQUENTIAL, 1, 1.5),
            await _compare(log, history, "100 at once", COMMANDS, CONCURRENT, 2),
            await _long(log, history),
        ]
    await log.close()
    return rows


async def _compare(
    log: Log, history: FilonHistory, work: str, commands: int, at_once: int, reach: float
) -> Row:
    """Each command on a prospect of its own, found before."""

    async def prospects() -> list[str]:
        events = [found(f"p1-{uuid4().hex}")[0] for _ in range(commands)]
        await asyncio.gather(*(log.append(event) for event in events))
        return [event.originator_id.rpartition("/")[2] for event in events]

    ready = [await prospects() for _ in range(12)]

    async def ours(_: int) -> None:
        waiting = ready.pop()

        async def worker() -> None:
            while waiting:
                id = waiting.pop()
                events = await log.load(f"acme/c-0a1b/prospect/{id}")
                assert replay(None, events)
                await log.append(*found(id, first=len(events) + 1))

        await asyncio.gather(*(worker() for _ in range(at_once)))

    def command(id: str) -> None:
        assert history.repository.get(f"acme/c-0a1b/prospect/{id}")
        history.save(*found(id, first=2))

    async def theirs(_: int) -> None:
        waiting = ready.pop()
        with ThreadPoolExecutor(at_once) as threads:
            await asyncio.to_thread(lambda: list(threads.map(command, waiting)))

    mine, other, ratio = await in_turns(ours, theirs, clock=time.process_time)
    each = f"{1000 * mine / commands:.2f} ms of work against {1000 * other / commands:.2f} ms"
    measured = f"{ratio:.1f} × the library: {each}"
    return Row(f"commands, {work}", measured, f"≥ {reach} × the library", ratio >= reach)


async def _long(log: Log, history: FilonHistory) -> Row:
    """Without snapshots, the longest that a campaign of today's makes: an agent that has read
    5,000 pages of a source."""
    id = f"acme/c-long/agent/{uuid4().hex}"
    for start in range(1, LONG + 1, 500):
        await log.append(*(_agent(id, version) for version in range(start, start + 500)))

    async def ours(_: int) -> None:
        for _ in range(TIMES):
            assert replay(None, await log.load(id))

    async def theirs(_: int) -> None:
        for _ in range(TIMES):
            assert await asyncio.to_thread(history.repository.get, id)

    mine, other, ratio = await in_turns(ours, theirs, clock=time.process_time)
    each = f"{1000 * mine / TIMES:.0f} ms against the library's {1000 * other / TIMES:.0f} ms"
    measured = f"{ratio:.2f} ×: {each} of work"
    return Row("load an agent of 5,000 facts", measured, "≤ 0.5 s", other / TIMES < 0.5)


def _agent(id: str, version: int) -> Event:
    read = SourceRead(source="companies", cursor=str(version), found=25, exhausted=False)
    fact: Fact = AgentStarted(role="researcher", name="r") if version == 1 else read
    command = uuid4()
    return Event(
        originator_id=id,
        originator_version=version,
        fact=fact,
        id=command,
        at=found("p1-x")[0].at,
        command_id=command,
        correlation_id=command,
        causation_id=command,
    )

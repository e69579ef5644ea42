"""The `eventsourcing` library on Filon's log: its recorder against its PostgreSQL recorder, and its
synchronous path against the asynchronous one that commands take."""

import asyncio
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from eventsourcing.persistence import ApplicationRecorder, InfrastructureFactory, StoredEvent
from eventsourcing.utils import Environment

from benchmarks.eventstore.bare import batches
from benchmarks.eventstore.events import found
from benchmarks.eventstore.servers import NoPostgreSQL, postgresql
from benchmarks.report import Row
from services.log.eventsourcing.factory import FilonFactory
from services.log.eventsourcing.mapper import EventMapper

ONE_WRITER, JOBS, EVENTS_PER_JOB, WORKERS, ROUNDS = 300, 40, 50, 4, 5
MAPPER = EventMapper()
Insert = Callable[[Sequence[StoredEvent]], object]
Jobs = list[list[StoredEvent]]


def measure(url: str, folder: Path) -> list[Row]:
    try:
        with postgresql() as theirs:
            return _compare(url, theirs)
    except NoPostgreSQL as absent:
        return [Row("the library's recorder", str(absent), "≥ 3 and ≥ 1", reached=False)]


def _compare(url: str, environment: dict[str, str]) -> list[Row]:
    rows = []
    with _recorders(url, environment) as (ours, theirs):
        for work, jobs, size, case, together, reach in (
            ("one writer", ONE_WRITER, 1, _one_writer, 1, 3),
            ("concurrent", JOBS, EVENTS_PER_JOB, _concurrent, WORKERS * EVENTS_PER_JOB, 1),
        ):
            mine, other, bare = [], [], []
            events = jobs * size
            for _ in range(ROUNDS):
                mine.append(_seconds(case, ours.insert_events, _jobs(jobs, size)))
                other.append(_seconds(case, theirs.insert_events, _keyed(_jobs(jobs, size))))
                bare.append(asyncio.run(batches(url, together, events // together)))
            rows += _rows(work, events, min(mine), min(other), min(bare), reach)
    return rows


def _rows(
    work: str, events: int, mine: float, other: float, bare: float, reach: float
) -> list[Row]:
    measured = (
        f"{other / mine:.1f} × PostgreSQL: {events / mine:,.0f}/s against {events / other:,.0f}/s"
    )
    bound = f"{other / bare:.1f} × PostgreSQL: {events / bare:,.0f}/s"
    return [
        Row(
            f"library's recorder, {work}",
            measured,
            f"≥ {reach} × PostgreSQL",
            other / mine >= reach,
        ),
        Row("  nats-server alone", bound, "bounds the row above", reached=True),
    ]


@contextmanager
def _recorders(
    url: str, environment: dict[str, str]
) -> Iterator[tuple[ApplicationRecorder, ApplicationRecorder]]:
    theirs = InfrastructureFactory.construct(Environment("Bench", {**os.environ, **environment}))
    with FilonFactory({"FILON_NATS_URL": url}) as ours, theirs:
        yield ours.application_recorder(), theirs.application_recorder()
        theirs.close()
        ours.close()


def _jobs(count: int, size: int) -> Jobs:
    """For each job an aggregate of its own."""
    commands = (found(f"p1-{uuid4().hex}", count=size) for _ in range(count))
    return [[MAPPER.to_stored_event(event) for event in events] for events in commands]


def _keyed(jobs: Jobs) -> Jobs:
    """The same events under the UUIDs that its tables ask for."""
    ids = ((uuid4(), events) for events in jobs)
    return [
        [StoredEvent(id, each.originator_version, each.topic, each.state) for each in events]
        for id, events in ids
    ]


def _seconds(case: Callable[[Insert, Jobs], None], insert: Insert, jobs: Jobs) -> float:
    started = time.perf_counter()
    case(insert, jobs)
    return time.perf_counter() - started


def _one_writer(insert: Insert, jobs: Jobs) -> None:
    for events in jobs:
        insert(events)


def _concurrent(insert: Insert, jobs: Jobs) -> None:
    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(insert, jobs))

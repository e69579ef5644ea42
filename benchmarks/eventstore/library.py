"""The `eventsourcing` library's own performance cases, on its PostgreSQL recorder and on ours, and
what nats-server takes of them when nothing but the server is measured."""

import asyncio
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

from eventsourcing.persistence import ApplicationRecorder, InfrastructureFactory, StoredEvent
from eventsourcing.utils import Environment

from benchmarks.eventstore.bare import batches
from benchmarks.eventstore.servers import NoPostgreSQL, postgresql
from benchmarks.report import Row

ONE_WRITER, JOBS, EVENTS_PER_JOB, WORKERS, ROUNDS = 300, 40, 50, 4, 5


def measure(url: str, folder: Path) -> list[Row]:
    ours = {
        "PERSISTENCE_MODULE": "services.log.eventsourcing",
        "LOG_NATS_URL": url,
        "LOG_STREAM": "cases",
    }
    try:
        with postgresql() as theirs:
            return _compare(ours, theirs, url)
    except NoPostgreSQL as absent:
        return [Row("the library's performance cases", str(absent), "≥ 3 and ≥ 1", reached=False)]


def _compare(ours: dict[str, str], theirs: dict[str, str], url: str) -> list[Row]:
    rows = []
    with _factory(ours) as one, _factory(theirs) as two:
        recorders = one.application_recorder(), two.application_recorder()
        for work, events, case, together, reach in (
            ("one writer", ONE_WRITER, _one_writer, 1, 3),
            ("concurrent", JOBS * EVENTS_PER_JOB, _concurrent, WORKERS * EVENTS_PER_JOB, 1),
        ):
            mine, other, bare = [], [], []
            for _ in range(ROUNDS):
                mine.append(_seconds(case, recorders[0]))
                other.append(_seconds(case, recorders[1]))
                bare.append(asyncio.run(batches(url, together, events // together)))
            rows += _rows(
                f"library's case, {work}", events, min(mine), min(other), min(bare), reach
            )
        two.close()
        one.close()
    return rows


def _rows(
    work: str, events: int, mine: float, other: float, bare: float, reach: float
) -> list[Row]:
    measured = (
        f"{other / mine:.1f} × PostgreSQL: {events / mine:,.0f}/s against {events / other:,.0f}/s"
    )
    bound = f"{other / bare:.1f} × PostgreSQL: {events / bare:,.0f}/s"
    return [
        Row(work, measured, f"≥ {reach} × PostgreSQL", other / mine >= reach),
        Row("  nats-server alone", bound, "bounds the row above", reached=True),
    ]


def _factory(env: dict[str, str]) -> InfrastructureFactory:
    return InfrastructureFactory.construct(Environment("Bench", {**os.environ, **env}))


def _seconds(case: Callable[[ApplicationRecorder], None], recorder: ApplicationRecorder) -> float:
    started = time.perf_counter()
    case(recorder)
    return time.perf_counter() - started


def _one_writer(recorder: ApplicationRecorder) -> None:
    for _ in range(ONE_WRITER):
        recorder.insert_events([StoredEvent(uuid4(), 1, "topic1", b"state1")])


def _concurrent(recorder: ApplicationRecorder) -> None:
    def insert(_: int) -> None:
        id = uuid4()
        events = [StoredEvent(id, n, "topic", b"state") for n in range(EVENTS_PER_JOB)]
        recorder.insert_events(events)

    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(insert, range(JOBS)))

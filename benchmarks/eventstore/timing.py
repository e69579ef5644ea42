"""Ratios of what is measured in turns, so that a noisy machine is as noisy for both."""

import statistics
import time
from collections.abc import Awaitable, Callable

Work = Callable[[int], Awaitable[None]]
"""Does the work of one round."""


async def in_turns(
    ours: Work, theirs: Work, rounds: int = 5, clock: Callable[[], float] = time.perf_counter
) -> tuple[float, float, float]:
    """Median seconds of ours and of theirs, and the median of theirs / ours round by round. With
    `time.process_time`, seconds of this process's own work, whatever its neighbours do."""
    pairs: list[tuple[float, float]] = []
    for round in range(-1, rounds):
        first = await _seconds(ours, round, clock)
        second = await _seconds(theirs, round, clock)
        if round >= 0:
            pairs.append((first, second))
    ratio = statistics.median(theirs / ours for ours, theirs in pairs)
    return (
        statistics.median(ours for ours, _ in pairs),
        statistics.median(theirs for _, theirs in pairs),
        ratio,
    )


async def _seconds(work: Work, round: int, clock: Callable[[], float]) -> float:
    started = clock()
    await work(round)
    return clock() - started

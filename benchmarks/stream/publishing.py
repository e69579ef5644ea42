"""Feeding the log at a pace, or as fast as it takes it."""

import asyncio
import time
from datetime import UTC, datetime
from uuid import uuid4

import nats

from events.agent import ActivityReported
from events.campaign import CampaignCreated
from events.fact import Event, Fact
from events.subjects import Address, activity_address, campaign_address
from events.targeting import Targeting
from services.log import Log

PADDING = "x" * 125
"""Brings a frame to about 330 bytes."""


def narrated(campaign: str) -> Event:
    fact = ActivityReported(code=f"bench {PADDING}", status="running")
    return _event(activity_address("acme", campaign, f"qualifier-{campaign}"), 0, fact)


def created(campaign: str) -> Event:
    fact = CampaignCreated(
        name="Load", targeting=Targeting(), sources=("sample",), threshold=80, created_by="u-load"
    )
    return _event(campaign_address("acme", campaign), 1, fact)


def _event(address: Address, version: int, fact: Fact) -> Event:
    command = uuid4()
    return Event(
        originator_id=str(address),
        originator_version=version,
        fact=fact,
        id=uuid4(),
        at=datetime.now(UTC),
        command_id=command,
        correlation_id=command,
        causation_id=command,
    )


def paced(url: str, count: int, interval: float, campaigns: int = 1) -> list[float]:
    """One event every `interval` seconds, in turn to each campaign; how long each append took,
    in milliseconds."""
    return asyncio.run(_paced(url, count, interval, campaigns))


async def _paced(url: str, count: int, interval: float, campaigns: int) -> list[float]:
    log = await Log.connect(url, name="publisher")
    begin = time.monotonic()
    under_way: set[asyncio.Task[None]] = set()
    took: list[float] = []

    async def append(event: Event) -> None:
        began = time.monotonic()
        await log.append(event)
        took.append((time.monotonic() - began) * 1000)

    for index in range(count):
        await asyncio.sleep(max(0.0, begin + index * interval - time.monotonic()))
        task = asyncio.create_task(append(narrated(f"c-load{index % campaigns}")))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
    await asyncio.gather(*under_way)
    await log.close()
    return sorted(took)


def flooded(url: str, count: int, at_once: int = 500) -> None:
    """In batches, one after another."""
    asyncio.run(_flooded(url, count, at_once))


async def _flooded(url: str, count: int, at_once: int) -> None:
    log = await Log.connect(url, name="publisher")
    for start in range(0, count, at_once):
        size = min(at_once, count - start)
        await log.append(*(narrated("c-load0") for _ in range(size)))
    await log.close()


def core(url: str, count: int, interval: float, together: int = 1) -> None:
    """Core NATS messages of the same size, `together` at once."""
    asyncio.run(_core(url, count, interval, together))


async def _core(url: str, count: int, interval: float, together: int) -> None:
    nc = await nats.connect(url)
    payload = b'{"type":"AGENT_ACTIVITY","payload":"' + b"x" * 292 + b'"}'
    begin = time.monotonic()
    for index in range(0, count, together):
        await asyncio.sleep(max(0.0, begin + index * interval - time.monotonic()))
        for _ in range(together):
            await nc.publish("filon.acme.c-load0.activity.q.ActivityReported", payload)
        await nc.flush()
    await nc.close()

"""A worker process as a FastStream application: every role at work on its queue."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from faststream import AckPolicy, FastStream
from faststream.nats import JStream, NatsBroker, PullSub
from faststream.nats.subscriber.usecases import LogicSubscriber
from prometheus_client import CollectorRegistry

from events.fact import Event
from services.agents import desk, endpoint, queues, telemetry
from services.agents.broker import Broker
from services.agents.campaign_progress import CampaignsInProgress
from services.agents.completion import complete_campaigns
from services.agents.models.chosen import Models
from services.agents.outage import Outage
from services.agents.outages import AWAY
from services.agents.retries import RetryMiddleware, decode
from services.agents.roles.qualifier import Qualifier
from services.agents.roles.rescorer import Rescorer
from services.agents.roles.researcher import Researcher
from services.agents.roles.role import Role
from services.agents.settings import WorkSettings
from services.agents.sources import Sources
from services.agents.spending import Spending
from services.agents.standing import Standings
from services.agents.workplace import Workplace
from services.log import Log
from services.prospecting.identity import Identity
from services.settings.nats import addresses
from services.tracing import current

_log = logging.getLogger(__name__)


def application(
    url: str,
    log: Log,
    models: Models,
    identity: Identity,
    sources: Sources,
    settings: WorkSettings,
) -> FastStream:
    """Works while it runs; what is under way when it stops is finished.

    Whichever part fails ends `run` with what it raised, and so the process, to be restarted.
    """
    campaigns = CampaignsInProgress()
    spending = Spending(log, campaigns.spent, models.price)
    crews = Outage(models, settings.away)
    workplace = Workplace(log, crews, identity, sources, spending, Standings(log))
    roles = _roles(workplace)
    registry = CollectorRegistry()
    broker = _broker(url, registry, settings, roles)
    desks = desk.Desk(log, campaigns, settings)
    qualifying = _at_desk(broker, roles[desk.QUALIFIER], settings)

    @asynccontextmanager
    async def beside() -> AsyncIterator[None]:
        js = log.nc.jetstream()
        await queues.retire(js)
        await queues.declare(js, settings)
        parts = [
            complete_campaigns(log, campaigns),
            queues.keep(js, settings),
            desk.forget_ended(log, campaigns),
            *(_qualify(desks, worker) for worker in qualifying),
        ]
        if settings.port is not None:
            parts.append(endpoint.serve(broker, registry, settings.hosts[0], settings.port))
        async with _running(parts):
            yield

    return FastStream(broker, lifespan=beside, logger=None)


def _roles(workplace: Workplace) -> dict[str, Role]:
    """By the name of the queue that each works on."""
    return {
        queues.RESEARCHER.name: Researcher(workplace),
        desk.QUALIFIER: Qualifier(workplace),
        queues.RESCORER.name: Rescorer(workplace.log),
    }


@asynccontextmanager
async def _running(parts: Iterable[Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
    """Each part, until the block ends; the first that fails ends the block."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(part) for part in parts]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()


def _broker(
    url: str, registry: CollectorRegistry, settings: WorkSettings, roles: Mapping[str, Role]
) -> NatsBroker:
    broker = Broker(
        addresses(url),
        name="filon-agents",
        max_reconnect_attempts=-1,
        reconnect_time_wait=1,
        graceful_timeout=settings.graceful,
        parser=telemetry.parse,
        decoder=decode,
        middlewares=(  # the first is the outermost
            telemetry.metrics(registry),
            telemetry.traces(),
            partial(RetryMiddleware, settings=settings, roles=roles),
        ),
        apply_types=False,
        logger=None,
    )
    for queue in queues.QUEUES:
        _serve(broker, queue, roles[queue.name], settings, workers=2)
    return broker


def _serve(
    broker: NatsBroker, queue: queues.Queue, role: Role, settings: WorkSettings, workers: int
) -> None:
    """Each of `workers` asks for one message at a time: none waits here while others are free."""
    for _ in range(workers):
        _subscriber(broker, queue, role, settings)


def _subscriber(
    broker: NatsBroker, queue: queues.Queue, role: Role, settings: WorkSettings
) -> LogicSubscriber[Any]:
    async def handle(event: Event) -> None:
        await role.work(replace(event, traceparent=current() or event.traceparent))

    subscriber = broker.subscriber(
        queue.filters[0],
        durable=queue.name,
        stream=JStream(queues.STREAM, declare=False),
        pull_sub=PullSub(batch_size=1, timeout=settings.poll),
        config=queue.configuration(settings),
        ack_policy=AckPolicy.MANUAL,
        no_reply=True,
    )
    subscriber(handle)
    return subscriber


class _FromDesk:
    """In place of a subscription: these subscribers are handed their messages."""

    async def unsubscribe(self) -> None:
        """There is none."""


def _at_desk(broker: NatsBroker, role: Role, settings: WorkSettings) -> list[LogicSubscriber[Any]]:
    """One for each prospect that may be under way, FastStream's middlewares around its work."""
    nobody = desk.queue_of(("_", "_"))
    workers = [_subscriber(broker, nobody, role, settings) for _ in range(settings.concurrency)]
    for worker in workers:
        worker.subscription = _FromDesk()
    return workers


async def _qualify(desks: desk.Desk, worker: LogicSubscriber[Any]) -> None:
    """Asks for one prospect, sees it through, and only then asks for the next; until cancelled."""
    while True:
        if not worker.running:
            await asyncio.sleep(desk.NOTHING_S)
            continue
        try:
            message = await desks.next()
        except AWAY as error:
            _log.warning("desk.unreachable error=%s", type(error).__name__)
            await asyncio.sleep(1)
            continue
        await worker.consume(message)

"""A worker process as a FastStream application: every role at work on its queue."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

from faststream import AckPolicy, FastStream
from faststream.nats import JStream, NatsBroker, PullSub
from prometheus_client import CollectorRegistry

from events.fact import Event
from services.agents import endpoint, queues, telemetry
from services.agents.campaign_progress import CampaignsInProgress
from services.agents.completion import complete_campaigns
from services.agents.models.chosen import Models
from services.agents.outage import Outage
from services.agents.retries import RetryMiddleware, decode
from services.agents.roles.dispatcher import Dispatcher
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
    roles: dict[str, Role] = {
        queues.RESEARCHER.name: Researcher(workplace),
        queues.DISPATCHER.name: Dispatcher(log),
        queues.QUALIFIER.name: Qualifier(workplace),
        queues.RESCORER.name: Rescorer(log),
    }
    registry = CollectorRegistry()
    broker = _broker(url, registry, settings, roles)

    @asynccontextmanager
    async def beside() -> AsyncIterator[None]:
        js = log.nc.jetstream()
        await queues.declare(js, settings)
        parts = [complete_campaigns(log, campaigns), queues.keep(js, settings)]
        if settings.port is not None:
            parts.append(endpoint.serve(broker, registry, settings.hosts[0], settings.port))
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(part) for part in parts]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()

    return FastStream(broker, lifespan=beside, logger=None)


def _broker(
    url: str, registry: CollectorRegistry, settings: WorkSettings, roles: Mapping[str, Role]
) -> NatsBroker:
    broker = NatsBroker(
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
        workers = settings.concurrency if queue is queues.QUALIFIER else 2
        _serve(broker, queue, roles[queue.name], settings, workers)
    return broker


def _serve(
    broker: NatsBroker, queue: queues.Queue, role: Role, settings: WorkSettings, workers: int
) -> None:
    """Each of `workers` asks for one message at a time: none waits here while others are free."""
    for _ in range(workers):

        async def handle(event: Event) -> None:
            await role.work(replace(event, traceparent=current() or event.traceparent))

        broker.subscriber(
            queue.filters[0],
            durable=queue.name,
            stream=JStream(queues.STREAM, declare=False),
            pull_sub=PullSub(batch_size=1, timeout=settings.poll),
            config=queue.configuration(settings),
            ack_policy=AckPolicy.MANUAL,
            no_reply=True,
        )(handle)

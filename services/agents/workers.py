"""A worker process: every role at work on its queue."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, PullSub

from events.fact import Event
from events.subjects import Address
from services.agents import queues
from services.agents.campaign_progress import CampaignsInProgress
from services.agents.completion import complete_campaigns
from services.agents.dispatcher import Dispatcher
from services.agents.models.chosen import Models
from services.agents.qualifier import Qualifier
from services.agents.researcher import Researcher
from services.agents.retries import RetryMiddleware, Role, decode
from services.agents.settings import WorkSettings
from services.agents.sources import Sources
from services.agents.spending import Spending
from services.agents.standing import Standings
from services.log import Log
from services.prospecting.identity import Identity
from services.settings.nats import addresses
from services.tracing import span


@asynccontextmanager
async def working(
    url: str,
    log: Log,
    models: Models,
    identity: Identity,
    sources: Sources,
    settings: WorkSettings,
) -> AsyncIterator[None]:
    """Work is taken as long as the context is open; what is under way at its end is finished."""
    conductor, desk = CampaignsInProgress(), Standings(log)
    accounts = Spending(log, conductor, models.price)
    roles: dict[str, Role] = {
        queues.QUALIFIER.name: Qualifier(log, desk, models, accounts),
        queues.RESEARCHER.name: Researcher(log, desk, models, accounts, identity, sources),
        queues.DISPATCHER.name: Dispatcher(log),
    }
    broker = NatsBroker(
        addresses(url),
        name="filon-agents",
        max_reconnect_attempts=-1,
        reconnect_time_wait=1,
        graceful_timeout=settings.graceful,
        decoder=decode,
        middlewares=(partial(RetryMiddleware, settings=settings, roles=roles),),
        apply_types=False,
        logger=None,
    )
    for queue in queues.QUEUES:
        workers = settings.concurrency if queue is queues.QUALIFIER else 2
        _serve(broker, queue, roles[queue.name], settings, workers)
    js = log.nc.jetstream()
    await queues.declare(js, settings)
    async with asyncio.TaskGroup() as group:  # whichever fails ends the process, to be restarted
        beside = [
            group.create_task(complete_campaigns(log, conductor)),
            group.create_task(queues.keep(js, settings)),
        ]
        try:
            await broker.start()
            yield
        finally:
            await broker.stop()
            for task in beside:
                task.cancel()


def _serve(
    broker: NatsBroker, queue: queues.Queue, role: Role, settings: WorkSettings, workers: int
) -> None:
    """Each of `workers` asks for one message at a time: none waits here while others are free."""
    for _ in range(workers):

        async def handle(event: Event) -> None:
            prospect = Address.parse(event.originator_id).id
            with span(queue.name, "CONSUMER", event.traceparent, about=prospect) as traceparent:
                await role.work(replace(event, traceparent=traceparent))

        broker.subscriber(
            queue.filters[0],
            durable=queue.name,
            stream=JStream(queues.STREAM, declare=False),
            pull_sub=PullSub(batch_size=1, timeout=settings.poll),
            config=queue.configuration(settings),
            ack_policy=AckPolicy.MANUAL,
            no_reply=True,
        )(handle)

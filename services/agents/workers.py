"""A worker process: every role at work on its queue."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, PullSub

from events.fact import Event
from services.agents import queues
from services.agents.accounts import Accounts
from services.agents.conducting import conduct
from services.agents.conductor import Conductor
from services.agents.delivery import Delivery, decode
from services.agents.desk import Desk
from services.agents.dispatching import Dispatcher
from services.agents.models.settings import Models
from services.agents.qualifying import Qualifier
from services.agents.readers import Sources
from services.agents.researching import Researcher
from services.agents.settings import WorkSettings
from services.log import Log
from services.prospecting.identity import Identity

Handler = Callable[[Event], Awaitable[None]]


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
    conductor, desk = Conductor(), Desk(log)
    accounts = Accounts(log, conductor)
    qualifier = Qualifier(log, desk, models, accounts)
    researcher = Researcher(log, desk, models, accounts, identity, sources)
    dispatcher = Dispatcher(log)
    give_up = {
        queues.QUALIFIER.name: qualifier.give_up,
        queues.RESEARCHER.name: researcher.give_up,
        queues.DISPATCHER.name: dispatcher.give_up,
    }
    broker = NatsBroker(
        url,
        name="filon-agents",
        max_reconnect_attempts=-1,
        reconnect_time_wait=1,
        graceful_timeout=settings.graceful,
        decoder=decode,
        middlewares=(partial(Delivery, settings=settings, give_up=give_up),),
        apply_types=False,
        logger=None,
    )
    _serve(broker, queues.QUALIFIER, qualifier.qualify, settings, settings.concurrency)
    _serve(broker, queues.RESEARCHER, researcher.research, settings, 2)
    _serve(broker, queues.DISPATCHER, dispatcher.dispatch, settings, 1)
    js = log.nc.jetstream()
    await queues.declare(js, settings)
    beside = [
        asyncio.create_task(conduct(log, conductor)),
        asyncio.create_task(queues.keep(js, settings)),
    ]
    try:
        await broker.start()
        yield
    finally:
        await broker.stop()
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)


def _serve(
    broker: NatsBroker, queue: queues.Queue, handler: Handler, settings: WorkSettings, workers: int
) -> None:
    """Each of `workers` asks for one message at a time: none waits here while others are free."""
    for _ in range(workers):

        async def handle(event: Event) -> None:
            await handler(event)

        broker.subscriber(
            queue.filters[0],
            durable=queue.name,
            stream=JStream(queues.STREAM, declare=False),
            pull_sub=PullSub(batch_size=1, timeout=settings.poll),
            config=queue.configuration(settings),
            ack_policy=AckPolicy.MANUAL,
            no_reply=True,
        )(handle)

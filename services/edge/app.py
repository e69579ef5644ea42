"""The edge as one ASGI application: what it holds, and the routes that it serves."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

from fastapi import Depends, FastAPI
from sqlalchemy import Engine
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from projections.queries import ReadModels
from services.accounts import Accounts, Sessions
from services.accounts.first_account import FirstAccountSettings, ensure_first_account
from services.accounts.hashing import HashingPool
from services.accounts.signing_keys import SigningKeys
from services.accounts.throttle import Throttle
from services.dashboard import router as page
from services.database import engine_from_env
from services.edge.api import (
    agents,
    asyncapi,
    auth,
    campaign_commands,
    campaign_events,
    campaigns,
    docs,
    imports,
    passwords,
    previews,
    probes,
    prospects,
    prospects_csv,
    users,
)
from services.edge.http import problems
from services.edge.http.consistency import Consistency
from services.edge.http.middleware import HttpMiddleware
from services.edge.http.parts import Parts
from services.edge.http.query_parameters import refuse_unknown
from services.edge.http.under_way import CommandsUnderWay
from services.edge.settings import EdgeSettings
from services.edge.stream import EventStream, Hub
from services.edge.stream.close_codes import Code
from services.edge.stream.endpoints import routing
from services.edge.version import VERSION
from services.log import Log
from services.prospecting.identity import Identity

EXPOSED = ["Link", "ETag", "Retry-After", "Filon-Cursor", "Location", "X-Correlation-Id"]
ACCEPTED = [
    "Authorization",
    "Content-Type",
    "Filon-After",
    "Idempotency-Key",
    "If-Match",
    "Last-Event-ID",
    "traceparent",
]

_RESOURCES = (
    auth,
    campaigns,
    campaign_commands,
    imports,
    previews,
    prospects_csv,
    campaign_events,
    prospects,
    agents,
    probes,
    docs,
    asyncapi,
    routing,
    users,
    passwords,
)


def create_app(settings: EdgeSettings) -> FastAPI:
    """The application; what it holds is opened when it starts and closed when it stops.

    Raises `UnusableSetting`, also for what production does not allow.
    """
    keys, identity, engine = SigningKeys.from_env(), Identity.from_env(), engine_from_env()
    # Before anything is served: what fails in the lifespan ends in the server's own words.
    _first_account(Accounts(engine))
    lifespan = partial(_lifespan, settings, keys, identity, engine)
    return assemble(lifespan=lifespan, middleware=_middleware(settings))


def assemble(**options: Any) -> FastAPI:
    """Every route; without a lifespan among its `options`, to be described and not to be served."""
    app = FastAPI(
        title="Filon",
        version=VERSION,
        description="Event-sourced sales prospecting: every lead with the reasons for its score.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=docs.operation_id,
        **options,
    )
    problems.install(app)
    for module in _RESOURCES:
        app.include_router(module.router, dependencies=[Depends(refuse_unknown)])
    app.include_router(page)
    app.openapi = partial(docs.description, app)  # type: ignore[method-assign]  # as FastAPI says
    return app


def _middleware(settings: EdgeSettings) -> list[Middleware]:
    origins = settings.allowed_origins
    return [
        Middleware(HttpMiddleware, production=settings.production),
        Middleware(
            CORSMiddleware,
            allow_origins=sorted(origins.named),
            allow_origin_regex=origins.pattern.pattern if origins.pattern else None,
            allow_credentials=True,
            allow_methods=["GET", "HEAD", "POST", "PATCH", "DELETE"],
            allow_headers=ACCEPTED,
            expose_headers=EXPOSED,
        ),
    ]


@asynccontextmanager
async def _lifespan(
    settings: EdgeSettings, keys: SigningKeys, identity: Identity, engine: Engine, app: FastAPI
) -> AsyncIterator[None]:
    """`app.state` holds the parts; `hub` and `access` among them for the stream's endpoints."""
    async with AsyncExitStack() as stack:
        parts = await _open(stack, settings, keys, identity, engine)
        app.state.parts, app.state.hub, app.state.access = parts, parts.hub, parts.sessions
        yield


async def _open(
    stack: AsyncExitStack,
    settings: EdgeSettings,
    keys: SigningKeys,
    identity: Identity,
    engine: Engine,
) -> Parts:
    """Each part is started once what it stands on is, and stopped before."""
    stack.callback(engine.dispose)
    read_models = ReadModels(engine)
    log = await Log.connect(settings.nats_url, name="filon-edge")
    stack.push_async_callback(log.close)
    consistency = Consistency(log, read_models)
    stack.push_async_callback(consistency.stop)
    await consistency.start()
    sessions = Sessions(keys, engine, settings.allowed_origins)
    stack.push_async_callback(sessions.stop)
    await sessions.start(log.nc)
    stream = EventStream(log, read_models)
    stack.push_async_callback(stream.stop)
    await stream.start()
    sessions.when_ended(partial(_sign_out, stream.hub, sessions))
    hashing, under_way = HashingPool(), CommandsUnderWay()
    stack.callback(hashing.stop)
    stack.push_async_callback(under_way.stop)
    return Parts(
        settings=settings,
        log=log,
        engine=engine,
        read_models=read_models,
        consistency=consistency,
        accounts=Accounts(engine),
        sessions=sessions,
        throttle=Throttle(),
        hashing=hashing,
        identity=identity,
        under_way=under_way,
        hub=stream.hub,
    )


def _sign_out(hub: Hub, sessions: Sessions) -> None:
    """Who signed out or was put out sees no more, wherever else the session was used."""
    for connection in tuple(hub.connections):
        if sessions.ended(connection.principal):
            connection.close(Code.NOT_AUTHENTICATED, "The session was ended; sign in again.")


def _first_account(accounts: Accounts) -> None:
    shown = ensure_first_account(accounts, FirstAccountSettings.load())
    if shown is not None:
        print(shown, flush=True)

"""The edge as one ASGI application: what it holds, and the routes that it serves."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from projections.queries import ReadModels
from services.accounts import Accounts, Sessions
from services.accounts.first_account import FirstAccountSettings, ensure_first_account
from services.accounts.signing_keys import SigningKeys
from services.accounts.throttle import Throttle
from services.dashboard import router as page
from services.database import engine_from_env
from services.edge.api import (
    agents,
    asyncapi,
    auth,
    campaign_events,
    campaigns,
    docs,
    imports,
    probes,
    prospects,
    prospects_csv,
)
from services.edge.http import problems
from services.edge.http.consistency import ReadModelProgress
from services.edge.http.middleware import HttpMiddleware
from services.edge.settings import EdgeSettings
from services.edge.stream import EventStream, Hub
from services.edge.stream.close_codes import Code
from services.edge.stream.endpoints import routing
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
    imports,
    prospects_csv,
    campaign_events,
    prospects,
    agents,
    probes,
    docs,
    asyncapi,
    routing,
)


def create_app(settings: EdgeSettings) -> FastAPI:
    """The application; what it holds is opened when it starts and closed when it stops.

    Raises `UnusableSetting`, also for what production does not allow.
    """
    app = FastAPI(
        title="Filon",
        version="0.1.0",
        description="Event-sourced sales prospecting: every lead with the reasons for its score.",
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        middleware=_middleware(settings),
        redirect_slashes=False,
    )
    engine = engine_from_env()
    app.state.settings = settings
    app.state.engine = engine
    app.state.access = Sessions(SigningKeys.from_env(), engine, settings.allowed_origins)
    app.state.identity = Identity.from_env()
    app.state.read_models = ReadModels(engine)
    app.state.accounts = Accounts(engine)
    # Before anything is served: what fails in the lifespan ends in the server's own words.
    _prepare_accounts(app.state.accounts)
    app.state.throttle = Throttle()
    problems.install(app)
    for module in _RESOURCES:
        app.include_router(module.router)
    app.include_router(page)
    app.openapi = partial(docs.description, app)  # type: ignore[method-assign]  # as FastAPI says
    return app


def _middleware(settings: EdgeSettings) -> list[Middleware]:
    return [
        Middleware(HttpMiddleware, production=settings.production),
        Middleware(
            CORSMiddleware,
            allow_origins=sorted(settings.allowed_origins),
            allow_credentials=True,
            allow_methods=["GET", "POST", "PATCH", "DELETE"],
            allow_headers=ACCEPTED,
            expose_headers=EXPOSED,
        ),
    ]


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    state = app.state
    async with AsyncExitStack() as stack:
        stack.callback(state.engine.dispose)
        state.log = await Log.connect(state.settings.nats_url, name="filon-edge")
        stack.push_async_callback(state.log.close)
        state.positions = ReadModelProgress(state.log, state.read_models)
        stack.push_async_callback(state.positions.stop)
        await state.positions.start()
        stack.push_async_callback(state.access.stop)
        await state.access.start(state.log.nc)
        stream = EventStream(state.log, state.read_models)
        state.hub = stream.hub
        stack.push_async_callback(stream.stop)
        await stream.start()
        state.access.when_ended(partial(_sign_out, state.hub))
        yield


def _sign_out(hub: Hub, session: str) -> None:
    """Who signed out sees no more, wherever else the session was used."""
    for connection in tuple(hub.connections):
        if connection.principal.token_id == session:
            connection.close(Code.NOT_AUTHENTICATED, "The session was ended; sign in again.")


def _prepare_accounts(accounts: Accounts) -> None:
    shown = ensure_first_account(accounts, FirstAccountSettings.load())
    if shown is not None:
        print(shown, flush=True)

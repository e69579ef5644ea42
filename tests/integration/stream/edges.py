"""A real edge with nothing but the stream, and facts to feed it."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from fastapi import FastAPI
from sqlalchemy import Engine

from events.agent import ActivityReported
from events.campaign import CampaignCreated
from events.company import Company, Contact
from events.fact import Event, Fact
from events.prospect import Factor, ProspectScored, PublicProspect
from events.subjects import Address, activity_address, campaign_address, prospect_address
from events.targeting import Targeting
from projections.database import metadata, open_engine
from projections.queries import ReadModels
from services.accounts import Sessions, tables
from services.accounts.signing_keys import SigningKeys
from services.edge.http import problems
from services.edge.stream import EventStream, Hub, StreamServer, StreamSettings, configuration
from services.edge.stream.endpoints import routing
from services.log import Log
from tests.nats_servers import free_port

ORIGIN = "http://app.example"
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Edge:
    """One edge process's worth of stream, served on a real port."""

    port: int
    log: Log
    hub: Hub
    access: Sessions
    server: StreamServer

    @property
    def ws(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws"

    @property
    def sse(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/stream"

    def token(self, org: str = "acme", user: str = "u-ada") -> str:
        return self.access.open(user, org, "viewer", "en")[0]

    def cookie(self, org: str = "acme", user: str = "u-ada") -> dict[str, str]:
        return {"Cookie": f"filon_session={self.token(org, user)}"}


def open_accounts(folder: Path) -> Engine:
    engine = open_engine(f"sqlite:///{folder / 'filon.db'}")
    metadata.create_all(engine)
    tables.metadata.create_all(engine)
    return engine


@asynccontextmanager
async def serving(
    nats_url: str,
    engine: Engine,
    settings: StreamSettings | None = None,
    keys: SigningKeys | None = None,
    port: int | None = None,
) -> AsyncIterator[Edge]:
    log = await Log.connect(nats_url, name="filon-edge")
    access = Sessions(keys or SigningKeys.of([secrets.token_hex(32)]), engine, frozenset({ORIGIN}))
    await access.start(log.nc)
    stream = EventStream(log, ReadModels(engine), settings or StreamSettings(drain=0))
    await stream.start()
    app = FastAPI()
    problems.install(app)
    app.include_router(routing.router)
    app.state.hub, app.state.access = stream.hub, access
    port = port or free_port()
    config = configuration(app, host="127.0.0.1", port=port, lifespan="off", log_level="warning")
    server = StreamServer(config, stream.hub.drain)
    serve = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    try:
        yield Edge(port, log, stream.hub, access, server)
    finally:
        server.should_exit = True
        await serve
        await stream.stop()
        await access.stop()
        await log.close()


async def until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110  # what it waits for has no event to wait on
        await asyncio.sleep(0.01)


def event(address: Address, version: int, fact: Fact) -> Event:
    """A fact that no person's command led straight to."""
    command = uuid4()
    return Event(
        originator_id=str(address),
        originator_version=version,
        fact=fact,
        id=uuid4(),
        at=datetime.now(UTC),
        command_id=command,
        correlation_id=command,
        causation_id=uuid4(),
    )


def campaign_created(org: str, campaign: str) -> Event:
    fact = CampaignCreated(
        name="Spring", targeting=Targeting(), sources=("sample",), threshold=60, created_by="u-ada"
    )
    return event(campaign_address(org, campaign), 1, fact)


def scored(org: str, campaign: str, number: int, *, first: bool = True) -> Event:
    """The `number`th prospect of a campaign, about 330 bytes of it."""
    id = f"p1-{number:08d}"
    company = Company(
        name=f"Société {number}",
        siren="732829320",
        activity="62.01Z",
        postal_code="75011",
        city="Paris",
        contacts=(Contact(name="Ada Levain", title="Gérante", email="ada@imaginaire.example"),),
    )
    factor = Factor(
        rule="activity",
        points=30,
        max=30,
        code="score.activity.match",
        params={"activity": "62.01Z"},
    )
    prospect = PublicProspect.of(
        company,
        id=id,
        campaign_id=campaign,
        status="scored",
        found_at=NOW,
        score=number % 101,
        factors=(factor,),
    )
    fact = ProspectScored(
        prospect=prospect, score=number % 101, first=first, rubric=1, evidence=(), model="offline"
    )
    return event(prospect_address(org, campaign, id), 1 if first else 2, fact)


def activity(org: str, campaign: str, number: int) -> Event:
    fact = ActivityReported(code="activity.scored", params={"score": str(number)}, status="running")
    return event(activity_address(org, campaign, f"qualifier-{campaign}"), 0, fact)


def bulky(org: str, campaign: str) -> Event:
    """A fact of 40 kB, so that a few of them fill a connection's buffers."""
    fact = ActivityReported(code="x" * 40_000, status="running")
    return event(activity_address(org, campaign, f"qualifier-{campaign}"), 0, fact)

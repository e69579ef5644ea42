"""A real edge on a real port, with a projector beside it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from projections import projector
from services.accounts import Role
from services.database import engine_from_env
from services.edge.app import create_app
from services.edge.http.parts import Parts
from services.edge.http.queries import CURSOR
from services.edge.main import server
from services.edge.settings import EdgeSettings
from services.edge.stream import StreamServer
from services.log import Log
from tests.nats_servers import free_port

EMAIL = "ada@acme.example"
PASSWORD = "correct horse battery staple"
CSV = (
    "SIREN;Raison sociale;Code NAF;Code postal;Ville;Contact;Fonction;E-mail\n"
    "732829320;Imaginaire SA;62.01Z;75011;Paris;Ada Levain;Gérante;ada@imaginaire.example\n"
    "552100554;Fictive SARL;10.71C;69001;Lyon;Léo Pain;Directeur;leo@fictive.example\n"
    "123456789;Fausse clé;62.01Z;75001;Paris;;;\n"
)
"""Two companies, and one whose SIREN is wrong, on line 4."""


@dataclass(frozen=True)
class Edge:
    """One running edge."""

    url: str
    app: FastAPI
    server: StreamServer
    fresh: dict[str, str] = field(default_factory=dict)
    """The `Filon-After` of what was last written through this edge."""

    @property
    def parts(self) -> Parts:
        parts: Parts = self.app.state.parts
        return parts

    def client(self, **headers: str) -> httpx.AsyncClient:
        """Reads what any client of this edge wrote: `Filon-After` says so, unless a test does."""
        hooks: Any = {"request": [self._ask], "response": [self._remember]}
        return httpx.AsyncClient(base_url=self.url, headers=headers, timeout=120, event_hooks=hooks)

    async def _ask(self, request: httpx.Request) -> None:
        if request.method == "GET" and request.url.path.startswith("/api/"):
            for name, cursor in self.fresh.items():
                request.headers.setdefault(name, cursor)

    async def _remember(self, answer: httpx.Response) -> None:
        if answer.request.method != "GET" and CURSOR in answer.headers:
            self.fresh["Filon-After"] = answer.headers[CURSOR]

    def appended(self, sequence: int) -> None:
        """Reads wait for this too: what a test appended to the log itself."""
        self.fresh["Filon-After"] = self.parts.consistency.cursor(sequence)

    def bearer(self, org: str = "acme", role: Role = "admin") -> httpx.AsyncClient:
        token, _ = self.parts.sessions.open(f"u-{role}", org, role, "fr")
        return self.client(Authorization=f"Bearer {token}")

    async def ready(self) -> None:
        """Until it says so itself, as whoever starts a real one waits."""
        async with self.client() as client, asyncio.timeout(60):
            while (await client.get("/readyz")).status_code != 200:  # noqa: ASYNC110  # another's
                await asyncio.sleep(0.02)

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[httpx.AsyncClient]:
        """Holds the session cookie alone."""
        async with self.client(Origin=self.url) as client:
            said = {"email": EMAIL, "password": PASSWORD}
            answer = await client.post("/api/auth/login", json=said)
            assert answer.status_code == 200, answer.text
            yield client


@asynccontextmanager
async def serving(nats_url: str) -> AsyncIterator[Edge]:
    """As the environment says, but for the addresses."""
    port = free_port()
    chosen = EdgeSettings(nats_url=nats_url, port=port)
    app = create_app(chosen)
    made = server(app, chosen)
    made.config.host, made.config.port = "127.0.0.1", port
    made.install_signal_handlers = lambda: None  # type: ignore[attr-defined]  # pytest has its own
    serve = asyncio.create_task(made.serve())
    while not made.started:
        assert not serve.done(), serve.exception()
        await asyncio.sleep(0.01)
    try:
        yield Edge(f"http://localhost:{port}", app, made)
    finally:
        made.should_exit = True
        await serve


@asynccontextmanager
async def projecting(nats_url: str) -> AsyncIterator[None]:
    log = await Log.connect(nats_url, name="filon-projector")
    engine = engine_from_env()
    task = asyncio.create_task(projector.run(log, engine))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await log.close()
        engine.dispose()


async def campaign(client: httpx.AsyncClient, **said: Any) -> dict[str, Any]:
    """A new campaign, on a CSV where nothing else is said."""
    answer = await client.post("/api/campaigns", json={"name": "Spring", "sources": ["csv"]} | said)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def send_list(
    client: httpx.AsyncClient, id: str, content: bytes | str = CSV, **headers: str
) -> httpx.Response:
    files = {"file": ("list.csv", content, "text/csv")}
    return await client.post(f"/api/campaigns/{id}/import", files=files, headers=headers)


def home_of(folder: Path) -> dict[str, str]:
    """The settings of a first start."""
    return {
        "FILON_HOME": str(folder / "filon"),
        "FILON_ORG": "acme",
        "FILON_ADMIN_EMAIL": EMAIL,
        "FILON_ADMIN_PASSWORD": PASSWORD,
    }

"""The servers that are measured: Filon's edge, and the loop that one would write at first.

python -m benchmarks.stream.server filon|naive NATS_URL PORT FOLDER
"""

import asyncio
import json
import secrets
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

from projections.database import metadata, open_engine
from projections.queries import ReadModels
from services.accounts import Sessions, tables
from services.accounts.signing_keys import SigningKeys
from services.edge.stream import EventStream, StreamServer, StreamSettings, configuration
from services.log import Log

ORG = "acme"


async def filon(nats_url: str, port: int, folder: Path, settings: StreamSettings) -> None:
    """The event stream as the edge serves it, with an account that may hold every connection."""
    engine = open_engine(f"sqlite:///{folder / 'filon.db'}")
    metadata.create_all(engine)
    tables.metadata.create_all(engine)
    log = await Log.connect(nats_url, name="filon-edge")
    access = Sessions(SigningKeys.of([secrets.token_hex(32)]), engine, frozenset())
    stream = EventStream(log, ReadModels(engine), settings)
    await stream.start()
    app = FastAPI()
    app.state.hub, app.state.access = stream.hub, access
    (folder / f"token-{port}").write_text(access.open("u-load", ORG, "viewer", "en")[0])
    config = configuration(app, port=port, lifespan="off", log_level="warning", access_log=False)
    await StreamServer(config, stream.hub.drain).serve()


async def naive(nats_url: str, port: int, folder: Path) -> None:
    """`send_json` in a loop over the connections, with uvicorn's defaults."""
    log = await Log.connect(nats_url, name="naive")
    connections: list[WebSocket] = []

    async def broadcast() -> None:
        async for batch in log.follow((await log.head()).last):
            for event in batch.events:
                fact = event.fact.model_dump(mode="json", by_alias=True)
                told = {"type": "AGENT_ACTIVITY", "payload": fact, "at": event.at.isoformat()}
                for connection in tuple(connections):
                    await connection.send_json(told)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        following = asyncio.create_task(broadcast())
        yield
        following.cancel()

    app = FastAPI(lifespan=lifespan)

    @app.websocket("/ws")
    async def ws(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_json({"type": "READY"})
        connections.append(socket)
        try:
            while True:
                await socket.receive_text()
        except WebSocketDisconnect:
            connections.remove(socket)

    (folder / f"token-{port}").write_text("none")
    await uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning")).serve()


def main() -> None:
    kind, nats_url, port, folder, *chosen = sys.argv[1:]
    settings = StreamSettings(per_user=100_000, **json.loads(chosen[0] if chosen else "{}"))
    if kind == "naive":
        serve = naive(nats_url, int(port), Path(folder))
    else:
        serve = filon(nats_url, int(port), Path(folder), settings)
    uvicorn_loop(serve)


def uvicorn_loop(serve: Coroutine[Any, Any, None]) -> None:
    import uvloop

    uvloop.run(serve)


if __name__ == "__main__":
    main()

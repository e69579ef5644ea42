"""Where the stream is found."""

from starlette.applications import Starlette
from starlette.datastructures import URLPath
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from services.edge.stream.sse import server_sent_events
from services.edge.stream.websocket import websocket

WEBSOCKET, EVENTS = "/ws", "/api/stream"


class Endpoint(BaseRoute):
    """One path of raw ASGI, without what a framework would keep for each connection."""

    def __init__(self, app: Starlette, type: str, path: str) -> None:
        self._app, self._type, self._path = app, type, path

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        found = scope["type"] == self._type and scope["path"] == self._path
        return (Match.FULL if found else Match.NONE), {}

    def url_path_for(self, name: str, /, **path_params: object) -> URLPath:
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        state = self._app.state
        serve = websocket if self._type == "websocket" else server_sent_events
        await serve(state.hub, state.access, scope, receive, send)


def mount(app: Starlette) -> None:
    """Adds `/ws` and `/api/stream`, before any other route."""
    app.router.routes[:0] = [
        Endpoint(app, "websocket", WEBSOCKET),
        Endpoint(app, "http", EVENTS),
    ]

"""Where the stream is found."""

from collections.abc import Awaitable

from fastapi import APIRouter
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from services.edge.stream.endpoints.sse import REFUSAL, server_sent_events
from services.edge.stream.endpoints.websocket import websocket

router = APIRouter(include_in_schema=False)


@router.get("/api/stream")
async def refused(request: Request) -> None:
    """What `StreamFirst` hands back, so that it is answered as any other call that is refused."""
    raise request.scope["extensions"][REFUSAL]


class StreamFirst:
    """The stream's two endpoints in front of an application whose `state` holds `hub` and `access`.

    In front and not inside: each layer of a framework keeps a frame for as long as a connection
    lasts, which is more than all that the stream itself keeps.
    """

    def __init__(self, app: Starlette) -> None:
        self._app = app

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        state = self._app.state
        match scope["type"], scope.get("path"):
            case "websocket", "/ws":
                return websocket(state.hub, state.access, scope, receive, send)
            case "http", "/api/stream" if scope["method"] == "GET":
                return server_sent_events(state.hub, state.access, self._app, scope, receive, send)
            case _:
                return self._app(scope, receive, send)

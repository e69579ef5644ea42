"""`/api/stream`: the same messages as server-sent events."""

import random

import orjson
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from services.edge.access import Access, Principal
from services.edge.stream.admission import NOT_SIGNED_IN, address, admitted, parameters
from services.edge.stream.audience import Interest
from services.edge.stream.closing import Closing, Code
from services.edge.stream.event_protocol import EXTENSION, EventProtocol
from services.edge.stream.hub import Hub
from services.edge.stream.listener import Listener
from services.edge.stream.messages import Unusable
from services.edge.stream.subscribing import subscribe
from services.edge.stream.wishes import LogAway, NoSuchCampaign, checked, wished

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
_RETRY = 1000, 4000
"""Milliseconds after which a browser comes back, each its own: after a restart not all at once."""
_STATUS = {
    Code.NOT_AUTHENTICATED: 401,
    Code.FORBIDDEN: 403,
    Code.TOO_MANY: 429,
    Code.RESTART: 503,
}
_TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    429: "Too Many Requests",
    503: "Service Unavailable",
}


class Refused(Exception):
    """The request is answered with this status, and why."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(status, detail)
        self.status, self.detail = status, detail


async def server_sent_events(
    hub: Hub, access: Access, scope: Scope, receive: Receive, send: Send
) -> None:
    """One response, for as long as the browser listens."""
    try:
        asked = parameters(scope)
        principal = await _identified(hub, access, scope, asked)
        protocol: EventProtocol = scope["extensions"][EXTENSION]
        listener = Listener(access, principal, hub.settings.queue_bytes, protocol)
        await _listen(hub, access, listener, _wish(scope, asked), scope, receive, send)
    except Refused as refused:
        await _refuse(refused, send)


async def _identified(hub: Hub, access: Access, scope: Scope, asked: dict[str, str]) -> Principal:
    try:
        principal = await admitted(access, scope, asked)
        if principal is None:
            raise Closing(Code.NOT_AUTHENTICATED, NOT_SIGNED_IN)
        return principal
    except Closing as closing:
        if not hub.attempts.take(address(scope)):
            raise Refused(429, "Too many attempts from this address; wait a minute.") from closing
        raise Refused(_STATUS[closing.code], closing.reason) from closing


def _wish(scope: Scope, asked: dict[str, str]) -> dict[str, object]:
    """`Last-Event-ID` is newer than the `after` that the page's URL still says."""
    wish: dict[str, object] = wished(asked) or {}
    if last := Headers(scope=scope).get("last-event-id"):
        wish["after"] = last
    return wish


async def _listen(
    hub: Hub,
    access: Access,
    listener: Listener,
    wish: dict[str, object],
    scope: Scope,
    receive: Receive,
    send: Send,
) -> None:
    try:
        hub.enter(listener)
    except Closing as closing:
        raise Refused(_STATUS[closing.code], closing.reason) from closing
    try:
        interest, after = await _checked(hub, listener, wish)
        headers = [*_HEADERS, *_shared(access, scope)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        retry = b"retry: %d\n\n" % random.randint(*_RETRY)
        await send({"type": "http.response.body", "body": retry, "more_body": True})
        subscribe(hub, listener, interest, after)
        await _until_the_end(listener, receive, send)
    finally:
        hub.leave(listener)


def _shared(access: Access, scope: Scope) -> list[tuple[bytes, bytes]]:
    """Lets a page of an allowed origin read the answer."""
    origin = Headers(scope=scope).get("origin")
    if origin is None or not access.origin_allowed(origin):
        return []
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"Origin"),
    ]


async def _checked(
    hub: Hub, listener: Listener, wish: dict[str, object]
) -> tuple[Interest, str | None]:
    try:
        return await checked(hub, listener, wish)
    except Unusable as error:
        raise Refused(400, str(error)) from error
    except NoSuchCampaign as error:
        raise Refused(404, str(error)) from error
    except LogAway as error:
        raise Refused(503, str(error)) from error


async def _until_the_end(listener: Listener, receive: Receive, send: Send) -> None:
    """The browser's, or ours."""
    while not listener.ended:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _refuse(refused: Refused, send: Send) -> None:
    problem = {
        "type": "about:blank",
        "title": _TITLES[refused.status],
        "status": refused.status,
        "detail": refused.detail,
    }
    headers = [(b"content-type", b"application/problem+json"), (b"cache-control", b"no-store")]
    if refused.status in (429, 503):
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": orjson.dumps(problem)})

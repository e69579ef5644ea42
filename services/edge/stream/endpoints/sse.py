"""`/api/stream`: the same messages as server-sent events."""

import random

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from services.accounts import InvalidToken, Principal, Sessions
from services.edge.http.problems import Problem
from services.edge.stream.close_codes import Closing, Code
from services.edge.stream.endpoints.authentication import (
    ForeignOrigin,
    address,
    admitted,
    parameters,
)
from services.edge.stream.endpoints.messages import Unusable
from services.edge.stream.endpoints.sse_connection import Listener
from services.edge.stream.endpoints.subscription_requests import (
    LogAway,
    NoSuchCampaign,
    checked,
    requested,
)
from services.edge.stream.fanout.hub import Hub
from services.edge.stream.fanout.replay import subscribe
from services.edge.stream.fanout.subscriptions import Interest
from services.edge.stream.wire.sse_protocol import EXTENSION, EventProtocol

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-accel-buffering", b"no"),
]
_RETRY_MS = 1000, 4000
"""Milliseconds after which a browser comes back, each its own: after a restart not all at once."""
_LATER = {"Retry-After": "5"}
_REFUSALS = {
    Code.RESTART: (503, "Draining"),
    Code.INTERNAL_ERROR: (503, "StreamStopped"),
    Code.NOT_AUTHENTICATED: (401, "InvalidToken"),
    Code.TOO_MANY: (429, "TooManyConnections"),
}
REFUSAL = "filon.refusal"
"""Key in the scope's `extensions` of the exception for which a request is refused."""


async def server_sent_events(
    hub: Hub, access: Sessions, refuse: ASGIApp, scope: Scope, receive: Receive, send: Send
) -> None:
    """One response, for as long as the browser listens; `refuse` answers with the `REFUSAL`."""
    try:
        asked = parameters(scope)
        principal = await _identified(hub, access, scope, asked)
        protocol: EventProtocol = scope["extensions"][EXTENSION]
        if not protocol.claim(scope):
            raise Problem(400, "BadRequest")
        listener = Listener(access, principal, hub.settings.queue_bytes, protocol)
        await _listen(hub, access, listener, _requested(scope, asked), scope, receive, send)
    except (InvalidToken, Problem) as refusal:
        scope["extensions"][REFUSAL] = refusal
        await refuse(scope, receive, send)


async def _identified(hub: Hub, access: Sessions, scope: Scope, asked: dict[str, str]) -> Principal:
    try:
        return await _admitted(access, scope, asked)
    except (InvalidToken, Problem) as refusal:
        if not hub.attempts.take(address(scope)):
            params, headers = {"seconds": "60"}, {"Retry-After": "60"}
            raise Problem(429, "SlowDown", params, headers=headers) from refusal
        raise


async def _admitted(access: Sessions, scope: Scope, asked: dict[str, str]) -> Principal:
    try:
        principal = await admitted(access, scope, asked)
    except ForeignOrigin as foreign:
        raise Problem(403, "ForbiddenOrigin", {"origin": foreign.origin}) from foreign
    if principal is None:
        raise Problem(401, "SignInNeeded")
    return principal


def _requested(scope: Scope, asked: dict[str, str]) -> dict[str, object]:
    """`Last-Event-ID` is newer than the `after` that the page's URL still says."""
    request: dict[str, object] = requested(asked) or {}
    if last := Headers(scope=scope).get("last-event-id"):
        request["after"] = last
    return request


async def _listen(
    hub: Hub,
    access: Sessions,
    listener: Listener,
    request: dict[str, object],
    scope: Scope,
    receive: Receive,
    send: Send,
) -> None:
    try:
        hub.enter(listener)
    except Closing as closing:
        raise Problem(*_REFUSALS[closing.code], headers=_LATER) from closing
    try:
        interest, after = await _checked(hub, listener, request)
        if listener.closed_for is not None:
            raise Problem(*_REFUSALS[listener.closed_for], headers=_LATER)
        headers = [*_HEADERS, *_shared(access, scope)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        listener.expiry_told = False
        retry = b"retry: %d\n\n" % random.randint(*_RETRY_MS)
        await send({"type": "http.response.body", "body": retry, "more_body": True})
        subscribe(hub, listener, interest, after)
        await _until_the_end(listener, receive, send)
    finally:
        hub.leave(listener)


def _shared(access: Sessions, scope: Scope) -> list[tuple[bytes, bytes]]:
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
    hub: Hub, listener: Listener, request: dict[str, object]
) -> tuple[Interest, str | None]:
    try:
        return await checked(hub, listener, request)
    except Unusable as error:
        raise Problem(400, "InvalidSubscription", {"reason": str(error)}) from error
    except NoSuchCampaign as error:
        raise Problem(404, "CampaignNotFound") from error
    except LogAway as error:
        raise Problem(503, "LogUnavailable", headers=_LATER) from error


async def _until_the_end(listener: Listener, receive: Receive, send: Send) -> None:
    """The browser's, or ours."""
    while not listener.ended:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
    await send({"type": "http.response.body", "body": b"", "more_body": False})

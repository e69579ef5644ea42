"""Around every HTTP answer: a correlation id, security headers, a bounded body, a log line."""

import logging
import re
import time
from collections.abc import MutableMapping
from typing import Any

from prometheus_client import Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.edge.http.correlation import begin, correlation
from services.edge.http.nul import refuse_nul
from services.edge.http.problems import Problem, answer
from services.edge.http.query_parameters import without_empty
from services.tracing import span

LARGEST_BODY_BYTES = 1024 * 1024
"""Of a JSON body; uploads have a bound of their own."""
UPLOADS = re.compile(r"POST /api/(campaigns/[^/]+/import|imports/preview)")
ENDLESS = frozenset({"/api/stream"})
"""What has no HEAD, for its GET does not end."""

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
HSTS = "max-age=31536000; includeSubDomains"

REQUESTS = Histogram(
    "filon_http_request_seconds",
    "From a request to the last byte of its answer",
    ["method", "route", "status"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
logger = logging.getLogger("filon.edge")


class HttpMiddleware:
    """Outermost; answers 500 for what nobody else could answer."""

    def __init__(self, app: ASGIApp, production: bool) -> None:
        self._app = app
        self._headers = SECURITY | ({"Strict-Transport-Security": HSTS} if production else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await Exchange(self._app, self._headers, scope, receive, send).run()


class Exchange:
    """One request and its answer."""

    def __init__(
        self, app: ASGIApp, headers: dict[str, str], scope: Scope, receive: Receive, send: Send
    ) -> None:
        self._app, self._headers = app, headers
        self._method = scope["method"]
        if self._method == "HEAD" and scope["path"] not in ENDLESS:
            scope = {**scope, "method": "GET"}  # the server keeps the body of this answer to itself
        self._scope, self._receive, self._send = scope, receive, send
        self._status = 0
        self._read = 0
        self._limit = (
            None if UPLOADS.fullmatch(f"{scope['method']} {scope['path']}") else LARGEST_BODY_BYTES
        )

    async def run(self) -> None:
        """Answers, whatever happens, and notes how long it took."""
        begun = time.perf_counter()
        begin()
        parent = Headers(scope=self._scope).get("traceparent")
        try:
            with span(f"HTTP {self._scope['method']}", "SERVER", parent):
                await self._answer()
        finally:
            self._note(time.perf_counter() - begun)

    async def _answer(self) -> None:
        try:
            await self._refuse_early()
            await self._app(self._scope, self._take, self._give)
        except Problem as problem:
            await self._tell(problem)
        except Exception:  # the outermost edge: whatever it is, it is answered
            logger.exception("request.failed", extra={"path": self._scope["path"]})
            if self._status:
                raise
            await self._tell(Problem(500, "ServerError", {"correlation": correlation.get()}))

    async def _refuse_early(self) -> None:
        """Raises `Problem`: 404 or 422 for what no resource can have, 413 for a body that says
        itself that it is too large."""
        refuse_nul(self._scope["path"], self._scope["query_string"])
        self._scope["query_string"] = without_empty(self._scope["query_string"])
        headers = Headers(scope=self._scope)
        length = headers.get("content-length", "0")
        if self._limit is None:
            return
        if length.isdigit() and int(length) > self._limit:
            raise Problem(413, "TooLarge", {"limit": str(LARGEST_BODY_BYTES)})

    async def _take(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request" and self._limit is not None:
            self._read += len(message.get("body", b""))
            if self._read > self._limit:
                raise Problem(413, "TooLarge", {"limit": str(LARGEST_BODY_BYTES)})
        return message

    async def _give(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
            headers["X-Correlation-Id"] = correlation.get()
        await self._send(message)

    async def _tell(self, problem: Problem) -> None:
        response = answer(Request(self._scope), problem)
        await response(self._scope, self._receive, self._give)

    def _note(self, seconds: float) -> None:
        route = getattr(self._scope.get("route"), "path", "—")
        method, status = self._method, self._status
        REQUESTS.labels(method, route, str(status)).observe(seconds)
        context = {"method": method, "route": route, "status": status, "seconds": round(seconds, 4)}
        level = logging.DEBUG if route in ("/readyz", "/healthz", "/metrics") else logging.INFO
        logger.log(level, "request.answered", extra=context)

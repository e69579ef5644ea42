"""Health and metrics of a worker process over HTTP, where a port is set."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from faststream.asgi import AsgiFastStream, make_ping_asgi
from faststream.nats import NatsBroker
from prometheus_client import CollectorRegistry, make_asgi_app

PING_S = 2.0
"""Within which NATS must answer a health check."""


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """FastStream's application takes the signals."""
        yield


async def serve(broker: NatsBroker, registry: CollectorRegistry, host: str, port: int) -> None:
    """`/healthz` (204, or 500 without NATS) and `/metrics` (Prometheus), until cancelled; raises
    `OSError` where the port is taken.

    Not `FastStream.as_asgi`: uvicorn runs that application as a lifespan, and goes on serving when
    the work in it has died. And it is bound here: uvicorn would answer a taken port with
    `SystemExit`, past everything that ends in order.
    """
    routes = AsgiFastStream(
        asgi_routes=[
            ("/healthz", make_ping_asgi(broker, timeout=PING_S)),
            ("/metrics", make_asgi_app(registry)),
        ],
        logger=None,
    )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listening:
        options = uvicorn.Config(routes, lifespan="off", log_config=None, access_log=False)
        await _Server(options).serve(sockets=[listening])

"""The edge process."""

import errno
import socket
from collections.abc import Sequence

import uvicorn

from services.edge import logs
from services.edge.app import create_app
from services.edge.settings import Settings

SOCKET_MESSAGE = 64 * 1024
"""Bytes of one WebSocket message from a browser."""
GRACE = 5
"""Seconds for requests under way when the process is told to stop."""


def run() -> None:
    """Serves until the process is told to stop. Raises `UnusableSetting` or `UnusableKey`."""
    settings = Settings.from_env()
    logs.set_up()
    uvicorn.Server(configuration(settings)).run(listen(settings.hosts, settings.port))


def listen(hosts: Sequence[str], port: int) -> list[socket.socket]:
    """A listening socket for each host; a machine without IPv6 does without `::1`."""
    sockets = []
    for host in hosts:
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            sockets.append(socket.create_server((host, port), family=family, backlog=2048))
        except OSError as error:
            if host != "::1" or error.errno == errno.EADDRINUSE:
                raise
    return sockets


def configuration(settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(settings),
        ws_max_size=SOCKET_MESSAGE,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=GRACE,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=True,
    )

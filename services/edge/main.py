"""The edge process."""

import errno
import os
import socket
from collections.abc import Sequence

from fastapi import FastAPI

from services import tracing
from services.edge import logs
from services.edge.app import create_app
from services.edge.settings import EdgeSettings
from services.edge.stream import StreamServer, configuration
from services.settings import UnusableSetting

NO_SUCH_HOST = (errno.EADDRNOTAVAIL, socket.EAI_NONAME, socket.EAI_AGAIN, socket.EAI_FAIL)
GRACE_S = 5
"""For requests under way when the process is told to stop."""


class CannotListen(Exception):
    """Nobody can be served at this port."""

    def __init__(self, port: int, why: str) -> None:
        super().__init__(port, why)
        self.port, self.why = port, why


def run() -> None:
    """Serves until the process is told to stop.

    Raises `UnusableSetting`, `CannotListen`, and SQLAlchemy's `OperationalError` where the database
    can't be used.
    """
    settings = EdgeSettings.load()
    logs.set_up()
    tracing.start("edge")
    sockets = listen(settings.hosts, settings.port)
    server(create_app(settings), settings).run(sockets)


def server(app: FastAPI, settings: EdgeSettings) -> StreamServer:
    """uvicorn with our application."""
    options = configuration(
        app,
        timeout_graceful_shutdown=GRACE_S,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        access_log=False,
        log_config=None,
        server_header=False,
    )
    return StreamServer(options, lambda: app.state.hub.drain())


def listen(hosts: Sequence[str], port: int) -> list[socket.socket]:
    """A listening socket for each host; a machine without IPv6 does without `::1`.

    Raises `UnusableSetting` for an address that is not this machine's, `CannotListen` where the
    port is another program's, or forbidden.
    """
    sockets = []
    for host in hosts:
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            sockets.append(socket.create_server((host, port), family=family, backlog=2048))
        except OSError as error:
            if host == "::1" and error.errno != errno.EADDRINUSE:
                continue
            if error.errno in NO_SUCH_HOST:
                raise UnusableSetting("FILON_HOST", "setting.a-host", host) from error
            raise CannotListen(port, os.strerror(error.errno or 0)) from error
    return sockets

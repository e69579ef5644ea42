"""Loopback ports: which are free, and how to say that one is not."""

import errno
import socket

from services.supervisor.refusal import CannotStart

LOOPBACKS = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))
NO_SUCH_ADDRESS = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
"""A machine may have no IPv6 at all."""


def check_free(port: int) -> None:
    """Raises `CannotStart` when the edge could not listen there."""
    for family, address in LOOPBACKS:
        refusal = _refusal(family, address, port)
        if refusal == errno.EADDRINUSE:
            raise CannotStart("port-taken", port=port, other=_another(port))
        if refusal == errno.EACCES:
            raise CannotStart("port-forbidden", port=port, why="EACCES", other=8000)


def usual_or_free(usual: int) -> int:
    """`usual` when nobody listens there, else a free one."""
    if _refusal(*LOOPBACKS[0], usual) is None:
        return usual
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _another(port: int) -> int:
    following = range(port + 1, min(port + 20, 65535))
    return next((n for n in following if _refusal(*LOOPBACKS[0], n) is None), 8000)


def _refusal(family: int, address: str, port: int) -> int | None:
    """The errno of listening there; None when one may."""
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # As servers do: connections that linger in TIME_WAIT are no obstacle.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
            probe.listen(1)
    except OSError as error:
        return None if error.errno in NO_SUCH_ADDRESS else error.errno
    return None

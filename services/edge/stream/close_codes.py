"""Why the edge closes a connection: WebSocket close codes, with words for a developer's console."""

from enum import IntEnum


class Code(IntEnum):
    """RFC 6455's codes, and ours from 4400 on."""

    NORMAL = 1000
    INTERNAL_ERROR = 1011
    RESTART = 1012
    BAD_MESSAGE = 4400
    NOT_AUTHENTICATED = 4401
    FORBIDDEN = 4403
    AUTHENTICATION_TIMEOUT = 4408
    TOO_SLOW = 4409
    TOO_MANY = 4429


GOODBYE_S = 30.0
"""Seconds that a browser has to read what is left of a connection that ends."""


class Closing(Exception):
    """The connection is to be closed with this code and reason."""

    def __init__(self, code: Code, reason: str) -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason

"""Why the edge closes a connection: WebSocket close codes, with words for a developer's console."""

from enum import IntEnum


class Code(IntEnum):
    """RFC 6455's codes, and ours from 4400 on."""

    NORMAL = 1000
    TOO_LARGE = 1009
    INTERNAL_ERROR = 1011
    RESTART = 1012
    BAD_MESSAGE = 4400
    NOT_AUTHENTICATED = 4401
    FORBIDDEN = 4403
    AUTHENTICATION_TIMEOUT = 4408
    TOO_SLOW = 4409
    TOO_MANY = 4429


MEANINGS: dict[Code, str] = {
    Code.NORMAL: "normal",
    Code.TOO_LARGE: "message larger than 64 KiB",
    Code.INTERNAL_ERROR: "the server can't go on, or can't read a fact; come back with your cursor",
    Code.RESTART: "the server restarts; come back with your cursor",
    Code.BAD_MESSAGE: "bad message",
    Code.NOT_AUTHENTICATED: "not authenticated",
    Code.FORBIDDEN: "forbidden, or wrong origin",
    Code.AUTHENTICATION_TIMEOUT: "too slow to authenticate",
    Code.TOO_SLOW: "too slow to read; come back with your cursor",
    Code.TOO_MANY: "too many connections, messages or attempts",
}
"""What AsyncAPI and docs/reference say of each; 1009 is the WebSocket library's own doing."""

GOODBYE_S = 30.0
"""Seconds that a browser has to read what is left of a connection that ends."""


class Closing(Exception):
    """The connection is to be closed with this code and reason."""

    def __init__(self, code: Code, reason: str) -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason

"""What the edge process reads from its environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from services.settings import UnusableSetting

Environment = Literal["development", "production"]

LOOPBACK = ("127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class EdgeSettings:
    """Where the edge listens, and whom it lets talk to it from a browser."""

    environment: Environment
    hosts: tuple[str, ...]
    port: int
    nats_url: str
    allowed_origins: frozenset[str]
    """Exact values of `Origin`."""
    trusted_proxies: str
    """Addresses whose `X-Forwarded-For` is believed, comma-separated; empty is nobody's."""

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "EdgeSettings":
        """Raises `UnusableSetting`."""
        environment = environ.get("FILON_ENV") or "development"
        if environment not in get_args(Environment):
            raise UnusableSetting("FILON_ENV is development or production.")
        port = int(environ.get("FILON_PORT") or "8000")
        return cls(
            environment=environment,  # type: ignore[arg-type]  # checked above
            hosts=(named,) if (named := environ.get("FILON_HOST")) else LOOPBACK,
            port=port,
            nats_url=environ.get("FILON_NATS_URL") or "nats://127.0.0.1:4222",
            allowed_origins=_origins(environ, port, environment),
            trusted_proxies=environ.get("FILON_TRUSTED_PROXIES") or "",
        )


def _origins(environ: Mapping[str, str], port: int, environment: str) -> frozenset[str]:
    """The edge's own, and those that are named; in development also the frontend's usual one."""
    named = environ.get("FILON_ALLOWED_ORIGINS") or ""
    listed = {text.strip().rstrip("/") for text in named.split(",") if text.strip()}
    own = {f"http://{host}:{port}" for host in ("localhost", "127.0.0.1", "[::1]")}
    if environment == "production":
        return frozenset(listed or own)
    return frozenset(own | (listed or {"http://localhost:3000"}))

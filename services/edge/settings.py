"""What the edge process reads from its environment."""

import re
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import NoDecode

from services.settings import About, HostSettings, ModeSettings, NatsSettings, split

LOCALHOST = re.compile(r"http://localhost(:\d{1,5})?")
"""Where a frontend is developed, on whichever port is free."""


@dataclass(frozen=True)
class Origins:
    """Whose pages may act with the session cookie: exact values of `Origin`, and a pattern."""

    named: frozenset[str]
    pattern: re.Pattern[str] | None = None

    def __contains__(self, origin: object) -> bool:
        if origin in self.named:
            return True
        return bool(self.pattern and isinstance(origin, str) and self.pattern.fullmatch(origin))


class ListeningSettings(HostSettings):
    """Where the pages are."""

    port: Annotated[
        int,
        Field(ge=1, le=65535),
        About("where the pages and the API are", expects="setting.a-port"),
    ] = 8000


def _an_origin(text: str) -> str:
    text = text.rstrip("/")
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or text != f"{parts.scheme}://{parts.netloc}":
        raise ValueError(text)
    return text


class EdgeSettings(ListeningSettings, ModeSettings, NatsSettings):
    """Where the edge listens, and whom it lets talk to it from a browser."""

    named_origins: Annotated[
        frozenset[Annotated[str, AfterValidator(_an_origin)]],
        NoDecode,
        BeforeValidator(split),
        Field(validation_alias="FILON_ALLOWED_ORIGINS"),
        About(
            "whose pages may act with the session cookie, with commas between them",
            expects="setting.origins",
            default="its own origin and, in development, `http://localhost` on any port",
        ),
    ] = frozenset()
    trusted_proxies: Annotated[
        str,
        About(
            "addresses whose `X-Forwarded-For` is believed, with commas between them",
            expects="setting.addresses",
            default="none",
        ),
    ] = ""

    @property
    def allowed_origins(self) -> Origins:
        """The edge's own, and those that are named; in development also a frontend's on this
        machine."""
        own = {f"http://{host}:{self.port}" for host in ("localhost", "127.0.0.1", "[::1]")}
        if self.production:
            return Origins(self.named_origins or frozenset(own))
        return Origins(self.named_origins | own, LOCALHOST)

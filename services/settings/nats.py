"""Which NATS servers hold the log."""

from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from services.settings.base import About
from services.settings.home import HomeSettings

SCHEMES = ("nats", "tls", "ws", "wss")
USUAL = "nats://127.0.0.1:4222"


def addresses(url: str) -> list[str]:
    """Of a cluster's servers, which `url` names with commas between them."""
    return [address.strip() for address in url.split(",") if address.strip()]


def without_password(url: str) -> str:
    """`host:port` of each server, for people to read."""
    return ", ".join(urlsplit(address).netloc.rpartition("@")[2] for address in addresses(url))


def _usable(url: str) -> str:
    for address in (found := addresses(url)):
        parts = urlsplit(address)
        if parts.scheme not in SCHEMES or not parts.hostname:
            raise ValueError(address)
        _ = parts.port  # raises ValueError for what is no port
    if not found:
        raise ValueError(url)
    return ",".join(found)


def _published(validated: dict[str, Any]) -> str:
    """Beside a running `filon up`, other commands reach its server without being told."""
    try:
        return str((validated["home"] / "run" / "nats.url").read_text().strip())
    except OSError:
        return USUAL


class NatsSettings(HomeSettings):
    """The servers, and whether they were named or are those of a `filon up` in the same folder."""

    nats_url: Annotated[
        str,
        AfterValidator(_usable),
        About(
            "the NATS server, or a cluster's, with commas between them; set it and none is "
            "embedded",
            expects="setting.a-nats-url",
            default="embedded on loopback, port 4222 when free",
        ),
    ] = Field(default_factory=_published)

    @property
    def nats_named(self) -> bool:
        return "nats_url" in self.model_fields_set

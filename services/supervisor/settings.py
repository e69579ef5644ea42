"""The settings that the supervisor itself reads; the processes read theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from services.supervisor.refusal import CannotStart

ENVIRONMENTS = ("development", "production")
NATS_SCHEMES = ("nats", "tls", "ws", "wss")
MOST_AGENTS = 64


@dataclass(frozen=True)
class SupervisorSettings:
    """Where Filon lives on this machine, and which parts of it are started here."""

    home: Path
    port: int
    nats_url: str | None
    """None: a server is embedded."""
    agents: int
    """Agent worker processes."""

    @classmethod
    def from_env(cls, environment: Mapping[str, str], agents: int) -> "SupervisorSettings":
        """Raises `CannotStart` for a value that is none."""
        if (name := environment.get("FILON_ENV") or "development") not in ENVIRONMENTS:
            raise _refused("FILON_ENV", name, "an-environment")
        return cls(
            home=Path(environment.get("FILON_HOME") or ".filon").absolute(),
            port=_number("FILON_PORT", environment.get("FILON_PORT") or "8000", 65535, "a-port"),
            nats_url=_nats_url(environment.get("FILON_NATS_URL") or None),
            agents=_number("--agents", str(agents), MOST_AGENTS, "a-count"),
        )


def _number(setting: str, text: str, most: int, expected: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
        raise _refused(setting, text, expected)
    return int(text)


def _nats_url(text: str | None) -> str | None:
    for url in (text or "").split(","):
        if text and (urlsplit(url.strip()).scheme not in NATS_SCHEMES or "//" not in url):
            raise _refused("FILON_NATS_URL", text, "a-nats-url")
    return text


def _refused(setting: str, value: str, expected: str) -> CannotStart:
    return CannotStart("setting", setting=setting, value=value, expected=expected)

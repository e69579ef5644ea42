"""The secrets that sign tokens: the first signs, all verify, so that keys can be rotated."""

import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from services.settings import UnusableSetting

SHORTEST_BYTES = 32


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """Secrets by their `kid`, the one that signs first."""

    by_id: Mapping[str, bytes]

    @property
    def signing(self) -> tuple[str, bytes]:
        """`kid` and secret of the key that signs."""
        return next(iter(self.by_id.items()))

    @classmethod
    def of(cls, texts: list[str]) -> "SigningKeys":
        """Raises `UnusableSetting` for a secret that is too short."""
        return cls({_kid(secret): secret for secret in map(_secret, texts)})

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "SigningKeys":
        """`FILON_JWT_KEY` (comma-separated), else the lines of the file in `FILON_HOME`, which its
        first reader makes. Raises `UnusableSetting` for a secret that is too short, and in
        production for none."""
        if text := environ.get("FILON_JWT_KEY"):
            return cls.of(text.split(","))
        if environ.get("FILON_ENV") == "production":
            raise UnusableSetting("FILON_ENV=production needs FILON_JWT_KEY: openssl rand -hex 32")
        home = Path(environ.get("FILON_HOME") or ".filon")
        return cls.of(_kept(home / "keys" / "jwt").split())


def _secret(text: str) -> bytes:
    """Hexadecimal digits, or any other long text."""
    text = text.strip()
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = text.encode()
    if len(secret) < SHORTEST_BYTES or len(set(secret)) < SHORTEST_BYTES // 4:
        raise UnusableSetting("A JWT key is 32 random bytes: `openssl rand -hex 32` makes one.")
    return secret


def _kid(secret: bytes) -> str:
    return hashlib.sha256(b"kid" + secret).hexdigest()[:12]


def _kept(path: Path) -> str:
    """Several processes may come at once: the first whole file that gets the name stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(SHORTEST_BYTES) + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()

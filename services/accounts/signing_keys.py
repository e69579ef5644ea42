"""The secrets that sign tokens: the first signs, all verify, so that keys can be rotated."""

import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, SecretStr

from services.settings import About, HomeSettings, ModeSettings, UnusableSetting

SHORTEST_BYTES = 32


def _strong(key: SecretStr | None) -> SecretStr | None:
    for text in key.get_secret_value().split(",") if key else ():
        _secret(text)
    return key


class SigningSettings(ModeSettings, HomeSettings):
    """Where the secrets come from."""

    jwt_key: Annotated[
        SecretStr | None,
        AfterValidator(_strong),
        About(
            "what signs sessions: 64 hex digits (`openssl rand -hex 32`); more of them, with "
            "commas between, still verify",
            expects="setting.a-signing-key",
            default="made in `FILON_HOME/keys`; `production` requires it",
            secret=True,
        ),
    ] = None


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
        """Raises `ValueError` for a secret that is too short."""
        return cls({_kid(secret): secret for secret in map(_secret, texts)})

    @classmethod
    def from_env(cls) -> "SigningKeys":
        """`FILON_JWT_KEY` (comma-separated), else the lines of the file in `FILON_HOME`, which its
        first reader makes; in production the setting is required. Raises `UnusableSetting`."""
        settings = SigningSettings.load()
        if settings.jwt_key:
            return cls.of(settings.jwt_key.get_secret_value().split(","))
        if settings.production:
            raise UnusableSetting("FILON_JWT_KEY", "setting.needed-in-production")
        path = settings.folder("keys") / "jwt"
        try:
            return cls.of(_kept(path).split())
        except ValueError as error:
            raise UnusableSetting(str(path), "setting.a-signing-key") from error


def _secret(text: str) -> bytes:
    """Hexadecimal digits, or any other long text; raises `ValueError`."""
    text = text.strip()
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = text.encode()
    if len(secret) < SHORTEST_BYTES or len(set(secret)) < SHORTEST_BYTES // 4:
        raise ValueError
    return secret


def _kid(secret: bytes) -> str:
    return hashlib.sha256(b"kid" + secret).hexdigest()[:12]


def _kept(path: Path) -> str:
    """Several processes may come at once: the first whole file that gets the name stays."""
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

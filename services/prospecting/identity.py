"""Which prospect a company is: ids that follow from what identifies it, under a secret key."""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, SecretStr

from events.company import Company
from services.identifiers.domains import normalise_domain
from services.identifiers.emails import normalise_email
from services.prospecting.words import words_of
from services.settings import About, HomeSettings, UnusableSetting

SHORTEST_BYTES = 32
KeyKind = Literal["siren", "domain", "email", "name"]


class Key(NamedTuple):
    """Something that identifies a company."""

    kind: KeyKind
    value: str


def _secret(text: str) -> bytes:
    """At least 32 bytes of hexadecimal digits; raises `ValueError`."""
    secret = bytes.fromhex(text.strip())
    if len(secret) < SHORTEST_BYTES:
        raise ValueError
    return secret


def _long_enough(key: SecretStr | None) -> SecretStr | None:
    if key is not None:
        _secret(key.get_secret_value())
    return key


class IdentitySettings(HomeSettings):
    """Where the key comes from."""

    identity_key: Annotated[
        SecretStr | None,
        AfterValidator(_long_enough),
        About(
            "64 hex digits (`openssl rand -hex 32`), **never changed**: prospects are recognised "
            "by it",
            expects="setting.an-identity-key",
            default="made in `FILON_HOME/keys`",
            secret=True,
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Derives prospect ids. The secret keeps an id from telling whom it stands for."""

    secret: bytes

    def prospect_id(self, org: str, campaign: str, key: Key) -> str:
        message = "\x1f".join((org, campaign, *key)).encode()
        digest = hmac.new(self.secret, message, hashlib.sha256).digest()
        return "p1-" + base64.b32encode(digest)[:26].decode().lower()

    def ids(self, org: str, campaign: str, company: Company) -> list[str]:
        """The id that each of the company's keys derives, strongest key first."""
        return [self.prospect_id(org, campaign, key) for key in keys_of(company)]

    @classmethod
    def from_env(cls) -> "Identity":
        """`FILON_IDENTITY_KEY`, else the key file in `FILON_HOME`, made by its first reader; raises
        `UnusableSetting`."""
        settings = IdentitySettings.load()
        if settings.identity_key:
            return cls(_secret(settings.identity_key.get_secret_value()))
        path = settings.folder("keys") / "identity"
        try:
            return cls(_secret(_kept_key(path)))
        except ValueError as error:
            raise UnusableSetting(str(path), "setting.an-identity-key") from error


def _kept_key(path: Path) -> str:
    """Several processes may come at once: the first whole file that gets the name stays."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(32) + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def keys_of(company: Company) -> list[Key]:
    """Strongest first: SIREN, else the web site's domain (never the e-mail's, for gmail.com would
    merge strangers), else e-mail, else name and postal code."""
    return list(_keys(company))


def _keys(company: Company) -> Iterator[Key]:
    if company.siren:
        yield Key("siren", company.siren)
    if domain := normalise_domain(company.website):
        yield Key("domain", domain)
    for contact in company.contacts[:1]:
        if email := normalise_email(contact.email):
            yield Key("email", email)
    if name := " ".join(sorted(words_of(company.name))):
        yield Key("name", f"{name}/{company.postal_code}")

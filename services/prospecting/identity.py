"""Which prospect a company is: ids that follow from what identifies it, under a secret key."""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from events.company import Company
from services.identifiers.domains import normalise_domain
from services.identifiers.emails import normalise_email
from services.prospecting.words import words_of

KeyKind = Literal["siren", "domain", "email", "name"]


class Key(NamedTuple):
    """Something that identifies a company."""

    kind: KeyKind
    value: str


class UnusableKey(RuntimeError):
    """The identity key must be at least 32 bytes of hexadecimal digits; restore it from a backup,
    for another key would give every known company a new identity."""


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
        """`FILON_IDENTITY_KEY`, else the key file in `FILON_HOME`, made by its first reader."""
        text = os.environ.get("FILON_IDENTITY_KEY")
        if not text:
            home = Path(os.environ.get("FILON_HOME") or ".filon")
            text = _kept_key(home / "keys" / "identity")
        try:
            secret = bytes.fromhex(text.strip())
        except ValueError as error:
            raise UnusableKey(UnusableKey.__doc__) from error
        if len(secret) < 32:
            raise UnusableKey(UnusableKey.__doc__)
        return cls(secret)


def _kept_key(path: Path) -> str:
    """Several processes may come at once: the first whole file that gets the name stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
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

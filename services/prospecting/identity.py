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
from services.identifiers.domains import host_of, normalise_domain
from services.identifiers.emails import normalise_email
from services.prospecting.company_names import name_words
from services.prospecting.words import words_in
from services.settings import About, HomeSettings, UnusableSetting

SHORTEST_BYTES = 32
KeyKind = Literal["siren", "domain", "email", "name", "record", "witness"]
"""`record`: all that was said of it; `witness`: of an erased company, see `witnesses_of`."""


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


class Claim(NamedTuple):
    """An id that a company's key derives."""

    kind: KeyKind
    id: str
    witnesses: tuple[str, ...] = ()
    """Ids of which one is erased as well where this one's company was erased, and not a stranger
    with whom it shares the key."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Derives prospect ids. The secret keeps an id from telling whom it stands for."""

    secret: bytes

    def prospect_id(self, org: str, campaign: str, key: Key) -> str:
        message = "\x1f".join((org, campaign, *key)).encode()
        digest = hmac.new(self.secret, message, hashlib.sha256).digest()
        return "p1-" + base64.b32encode(digest)[:26].decode().lower()

    def claims(
        self, org: str, campaign: str, company: Company, occurrence: int = 0
    ) -> list["Claim"]:
        """The id that each of the company's keys derives, strongest first. Last comes the id of the
        record itself, for where no key is left to it: the same record, read again, is the same
        prospect, and the next like it in the same list (`occurrence`) another."""
        own = f"{record_of(company)}/{occurrence}"
        keys = [*keys_of(company), Key("record", own)]
        return [
            Claim(
                key.kind,
                self.prospect_id(org, campaign, key),
                tuple(self.prospect_id(org, campaign, w) for w in witnesses_of(company, key)),
            )
            for key in keys
        ]

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
    """Strongest first: SIREN, else the domain of a web site that is the company's as a whole (never
    the e-mail's, for gmail.com would merge strangers), else e-mail, else name and place."""
    return list(_keys(company))


def is_keyless(company: Company) -> bool:
    return next(_keys(company), None) is None


def record_of(company: Company) -> str:
    """A digest of all that was said of it."""
    return hashlib.sha256(company.model_dump_json(exclude_defaults=True).encode()).hexdigest()


def _keys(company: Company) -> Iterator[Key]:
    if company.siren:
        yield Key("siren", company.siren)
    if domain := normalise_domain(company.website):
        yield Key("domain", domain)
    if email := email_of(company):
        yield Key("email", email)
    if (name := name_of(company)) and (place := place_of(company)):
        yield Key("name", f"{name}/{place}")


def witnesses_of(company: Company, key: Key) -> list[Key]:
    """What tells, where only `key` is left of an erased company, that it was this one: a host and
    an e-mail can be shared with strangers. None for a key that nobody shares."""
    name, place = name_of(company), place_of(company)
    match key.kind:
        case "domain":
            parts = [name]
        case "email":
            parts = [name, place]
        case _:
            parts = []
    return [Key("witness", f"{key.value}/{part}") for part in parts if part]


def email_of(company: Company) -> str:
    """The first contact's."""
    return normalise_email(company.contacts[0].email) if company.contacts else ""


def name_of(company: Company) -> str:
    """Its name's words in alphabetical order; '' where a number or address stands in for it."""
    return "" if is_nameless(company) else " ".join(sorted({*name_words(company.name)}))


def is_nameless(company: Company) -> bool:
    """Whether what it goes by is its number, its site or its e-mail."""
    stand_ins = (company.siren, host_of(company.website), email_of(company))
    return company.name.casefold() in filter(None, stand_ins)


def place_of(company: Company) -> str:
    """Its postal code, else its city, folded."""
    return company.postal_code or " ".join(words_in(company.city))

"""Who has an account."""

import re
import time
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, Row, func, insert, select
from sqlalchemy.exc import IntegrityError

from services.accounts import passwords
from services.accounts.principal import Role
from services.accounts.tables import organisations, users
from services.wording import Language

_ORG = re.compile(r"[A-Za-z0-9-]{1,64}")
_ACCOUNTS = select(users, organisations.c.language).join(
    organisations, organisations.c.id == users.c.org
)
_EMAIL = re.compile(r"[^@\s\0]{1,64}@[^@\s\0]{1,189}")


class EmailTaken(ValueError):
    """Somebody has an account with this e-mail address already."""


class UnknownOrganisation(ValueError):
    """An organisation's id is 1 to 64 letters, digits or hyphens."""


class NotAnEmail(ValueError):
    """An e-mail address has a name, an @ and a domain."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in."""

    id: str
    org: str
    email: str
    role: Role
    language: Language
    """The organisation's."""


class Accounts:
    """Accounts in the SQL database; synchronous, for a thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def authenticate(self, email: str, password: str) -> Account | None:
        """None for a wrong password and for nobody's address alike, after the same time."""
        known = "" if "\0" in email else _normal(email)  # PostgreSQL takes no NUL
        asked = _ACCOUNTS.where(users.c.email == known)
        with self._engine.connect() as connection:
            row = connection.execute(asked).one_or_none()
        if not passwords.matches(row.password if row else None, password) or row is None:
            return None
        return _account(row)

    def get(self, id: str) -> Account | None:
        """None where the account is gone."""
        with self._engine.connect() as connection:
            row = connection.execute(_ACCOUNTS.where(users.c.id == id)).one_or_none()
        return _account(row) if row else None

    def count(self) -> int:
        """How many people have an account, in all organisations together."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(users)) or 0

    def organisations(self) -> list[str]:
        """Their ids, in order."""
        known = select(organisations.c.id).order_by(organisations.c.id)
        with self._engine.connect() as connection:
            return list(connection.scalars(known))

    def add(
        self, email: str, org: str, role: Role, password: str, language: Language = "fr"
    ) -> Account:
        """Makes the organisation too where there is none; `language` is for that case.

        Raises `EmailTaken`, `UnknownOrganisation`, `NotAnEmail`, `WeakPassword`.
        """
        email = _normal(email)
        if not _ORG.fullmatch(org):
            raise UnknownOrganisation(UnknownOrganisation.__doc__)
        if not _EMAIL.fullmatch(email):
            raise NotAnEmail(NotAnEmail.__doc__)
        row = {
            "id": f"u-{uuid4()}",
            "org": org,
            "email": email,
            "role": role,
            "password": passwords.digest(password),
            "created_at": time.time(),
        }
        language = self._organisation(org, language)
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(users).values(row))
        except IntegrityError as error:
            raise EmailTaken(EmailTaken.__doc__) from error
        return Account(str(row["id"]), org, email, role, language)

    def _organisation(self, org: str, language: Language) -> Language:
        """Its language; the organisation exists from now on."""
        known = select(organisations.c.language).where(organisations.c.id == org)
        with self._engine.connect() as connection:
            found: Language | None = connection.scalar(known)
        if found is not None:
            return found
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(organisations).values(id=org, language=language))
        except IntegrityError:
            return self._organisation(org, language)
        return language


def _account(row: Row[Any]) -> Account:
    return Account(row.id, row.org, row.email, row.role, row.language)


def _normal(email: str) -> str:
    return email.strip().casefold()

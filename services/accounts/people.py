"""Who has an account."""

import re
import time
from contextlib import suppress
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
ACCOUNTS = select(users, organisations.c.language).join(
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
    epoch: int
    """Raised by whatever ends all the person's sessions."""
    created_at: float
    """Seconds since 1970."""


class Accounts:
    """Accounts in the SQL database; synchronous, for a thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def authenticate(self, email: str, password: str) -> Account | None:
        """None for a wrong password and for nobody's address alike, after the same time."""
        known = "" if "\0" in email else normal(email)  # PostgreSQL takes no NUL
        asked = ACCOUNTS.where(users.c.email == known)
        with self._engine.connect() as connection:
            row = connection.execute(asked).one_or_none()
        if not passwords.matches(row.password if row else None, password) or row is None:
            return None
        return account_of(row)

    def get(self, id: str) -> Account | None:
        """None where the account is gone."""
        with self._engine.connect() as connection:
            row = connection.execute(ACCOUNTS.where(users.c.id == id)).one_or_none()
        return account_of(row) if row else None

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
        email = normal(email)
        if not _ORG.fullmatch(org):
            raise UnknownOrganisation(UnknownOrganisation.__doc__)
        if not _EMAIL.fullmatch(email):
            raise NotAnEmail(NotAnEmail.__doc__)
        row = {
            "id": f"u-{uuid4()}",
            "org": org,
            "email": email,
            "role": role,
            "password": passwords.digest(password, (email, org)),
            "created_at": time.time(),
        }
        self._ensure(org, language)
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(users).values(row))
        except IntegrityError as error:
            raise EmailTaken(EmailTaken.__doc__) from error
        made = self.get(str(row["id"]))
        assert made is not None
        return made

    def _ensure(self, org: str, language: Language) -> None:
        """The organisation exists from now on."""
        known = select(organisations.c.id).where(organisations.c.id == org)
        with self._engine.connect() as connection:
            if connection.scalar(known) is not None:
                return
        with suppress(IntegrityError), self._engine.begin() as connection:  # another was first
            connection.execute(insert(organisations).values(id=org, language=language))


def account_of(row: Row[Any]) -> Account:
    return Account(row.id, row.org, row.email, row.role, row.language, row.epoch, row.created_at)


def normal(email: str) -> str:
    return email.strip().casefold()

"""What an administrator changes about the people of an organisation; synchronous, for a thread.

Each change but a language ends all the person's sessions: the account's epoch is raised in the same
transaction, and every edge looks at `put_out`.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, select, update

from services.accounts import passwords, tokens
from services.accounts.people import ACCOUNTS, Account, account_of, normal
from services.accounts.principal import Role
from services.accounts.tables import organisations, put_out, users
from services.database.upserting import upsert
from services.wording import Language

_KEPT_S = tokens.LIFETIME_S + 3600
"""Longer than any token lives."""


class UnknownAccount(LookupError):
    """Nobody of this organisation has this account."""


class LastAdmin(ValueError):
    """Without this administrator the organisation would have none; make another one first."""


class Administration:
    """One organisation's people."""

    def __init__(self, engine: Engine, org: str) -> None:
        self._engine, self._org = engine, org

    def people(self) -> list[Account]:
        """By address."""
        asked = ACCOUNTS.where(users.c.org == self._org).order_by(users.c.email)
        with self._engine.connect() as connection:
            return [account_of(row) for row in connection.execute(asked)]

    def by_email(self, email: str) -> Account:
        """Raises `UnknownAccount`."""
        with self._engine.connect() as connection:
            return self._account(connection, users.c.email == normal(email))

    def change_role(self, id: str, role: Role) -> Account:
        """Raises `UnknownAccount`, `LastAdmin`."""
        with self._changing(id) as (connection, account):
            if role != account.role:
                self._spare_last_admin(connection, account)
                _change(connection, account, role=role)
            return self._account(connection, users.c.id == id)

    def set_password(self, id: str, password: str) -> Account:
        """Raises `UnknownAccount`, `WeakPassword`. Takes as long as a sign-in."""
        with self._engine.connect() as connection:
            email = self._account(connection, users.c.id == id).email
        kept = passwords.digest(password, (email, self._org))
        with self._changing(id) as (connection, account):
            _change(connection, account, password=kept)
            return self._account(connection, users.c.id == id)

    def end_sessions(self, id: str) -> Account:
        """Raises `UnknownAccount`."""
        with self._changing(id) as (connection, account):
            _change(connection, account)
            return self._account(connection, users.c.id == id)

    def remove(self, id: str) -> Account:
        """Who it was. Raises `UnknownAccount`, `LastAdmin`."""
        with self._changing(id) as (connection, account):
            self._spare_last_admin(connection, account)
            _change(connection, account)
            connection.execute(delete(users).where(users.c.id == id))
            return account

    def language(self) -> Language:
        """Raises `UnknownAccount` where there is no such organisation."""
        asked = select(organisations.c.language).where(organisations.c.id == self._org)
        with self._engine.connect() as connection:
            found: Language | None = connection.scalar(asked)
        if found is None:
            raise UnknownAccount(self._org)
        return found

    def set_language(self, language: Language) -> None:
        """Its people read it from their next sign-in or refresh on, unless they chose one."""
        mine = update(organisations).where(organisations.c.id == self._org)
        with self._engine.begin() as connection:
            connection.execute(mine.values(language=language))

    @contextmanager
    def _changing(self, id: str) -> Iterator[tuple[Connection, Account]]:
        """One change of an organisation at a time: writing its row locks it, on both databases, or
        two administrators could remove each other. Raises `UnknownAccount`."""
        same = {"language": organisations.c.language}
        with self._engine.begin() as connection:
            connection.execute(
                update(organisations).where(organisations.c.id == self._org).values(same)
            )
            yield connection, self._account(connection, users.c.id == id)

    def _account(self, connection: Connection, which: Any) -> Account:
        row = connection.execute(ACCOUNTS.where(users.c.org == self._org, which)).one_or_none()
        if row is None:
            raise UnknownAccount(UnknownAccount.__doc__)
        return account_of(row)

    def _spare_last_admin(self, connection: Connection, account: Account) -> None:
        """Raises `LastAdmin`."""
        admins = select(func.count()).where(users.c.org == self._org, users.c.role == "admin")
        if account.role == "admin" and connection.scalar(admins) == 1:
            raise LastAdmin(LastAdmin.__doc__)


def _change(connection: Connection, account: Account, **values: str) -> None:
    """Writes the values, and ends all that began before."""
    epoch = account.epoch + 1
    mine = update(users).where(users.c.id == account.id)
    connection.execute(mine.values(epoch=epoch, **values))
    row = {"user_id": account.id, "epoch": epoch, "expires_at": time.time() + _KEPT_S}
    upsert(connection, put_out, [row])

"""`filon user`: accounts from the command line. A running edge knows of a change within seconds."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from services.cli.refusals import Refusal, refusals, refusing
from services.cli.terminal import say, sentence

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from services.accounts import Account, Administration, Role
    from services.wording import Language

_ROLES = click.Choice(("viewer", "operator", "admin"))
_ORG = click.option("--org", help="The organisation's id; the only one, where there is one.")


@click.group()
def user() -> None:
    """Accounts: who may sign in."""


@user.command()
@click.argument("email")
@_ORG
@click.option("--new-org", is_flag=True, help="Make the organisation, which is new.")
@click.option("--role", required=True, type=_ROLES)
@click.option(
    "--language",
    type=click.Choice(("fr", "en")),
    default="fr",
    show_default=True,
    help="Of a new organisation.",
)
@click.option("--password-stdin", is_flag=True, hidden=True, help="It is read there in any case.")
@refusing
def add(
    email: str,
    org: str | None,
    new_org: bool,
    role: "Role",
    language: "Language",
    password_stdin: bool,
) -> None:
    """Make an account; its password is asked, or comes on standard input."""
    from services.accounts import Accounts

    with _database() as engine:
        org = org if new_org and org else _organisation(engine, org)
        with refusals(email):
            made = Accounts(engine).add(email, org, role, _password(), language)
        _told("operations.account-made", made, engine)


@user.command("list")
@_ORG
@refusing
def everyone(org: str | None) -> None:
    """Show who may sign in to an organisation."""
    with _database() as engine:
        for account in _administration(engine, org).people():
            print(f"{account.email}\t{account.role}\t{account.org}")


@user.command()
@click.argument("email")
@_ORG
@refusing
def password(email: str, org: str | None) -> None:
    """Give a person a new password, asked or on standard input; all sessions end."""
    with _database() as engine, refusals(email):
        people = _administration(engine, org)
        changed = people.set_password(people.by_email(email).id, _password())
        _told("operations.password-set", changed, engine)


@user.command()
@click.argument("email")
@click.argument("role", type=_ROLES)
@_ORG
@refusing
def role(email: str, role: "Role", org: str | None) -> None:
    """Give a person another role; all sessions end."""
    with _database() as engine, refusals(email):
        people = _administration(engine, org)
        changed = people.change_role(people.by_email(email).id, role)
        _told("operations.role-changed", changed, engine)


@user.command()
@click.argument("email")
@_ORG
@refusing
def remove(email: str, org: str | None) -> None:
    """Remove an account; all sessions end."""
    with _database() as engine, refusals(email):
        people = _administration(engine, org)
        removed = people.remove(people.by_email(email).id)
        _told("operations.account-removed", removed, engine)


def _told(code: str, account: "Account", engine: "Engine") -> None:
    where = engine.url.render_as_string(hide_password=True)
    say(code, email=account.email, org=account.org, role=account.role, database=where)


def _password() -> str:
    """Never shown: typed twice at a terminal, else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    again = sentence("operations.password-again")
    asked = sentence("operations.password")
    typed: str = click.prompt(asked, hide_input=True, confirmation_prompt=again, err=True)
    return typed


def _administration(engine: "Engine", org: str | None) -> "Administration":
    from services.accounts import Administration

    return Administration(engine, _organisation(engine, org))


def _organisation(engine: "Engine", org: str | None) -> str:
    """The one that is meant. Raises `Refusal` where it does not exist, or could be several."""
    from services.accounts import Accounts

    known = Accounts(engine).organisations()
    if org is None and len(known) == 1:
        return known[0]
    if org in known:
        return org
    named = ", ".join(known)
    if not known:
        raise Refusal("operations.no-org-yet", org=org or "")
    if org is None:
        raise Refusal("operations.which-org", known=named)
    raise Refusal("operations.no-such-org", org=org, known=named)


@contextmanager
def _database() -> "Iterator[Engine]":
    """Raises `Refusal` where there is none: made here, it would be a second, empty Filon."""
    from sqlalchemy.exc import SQLAlchemyError

    from services.database import engine_from_env
    from services.database.settings import DatabaseSettings

    file = DatabaseSettings.load().file
    if file is not None and not file.exists():
        raise Refusal("operations.no-database-here", file=file)
    try:
        engine = engine_from_env()
        try:
            yield engine
        finally:
            engine.dispose()
    except (OSError, SQLAlchemyError) as error:
        raise Refusal("operations.no-database", why=error) from error

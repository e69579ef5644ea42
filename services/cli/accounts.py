"""`filon user`: accounts from the command line."""

import sys
from typing import TYPE_CHECKING

import click

from services.cli.terminal import refuse, say

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from services.accounts import Role
    from services.wording import Language


@click.group()
def user() -> None:
    """Accounts: who may sign in."""


@user.command()
@click.argument("email")
@click.option("--org", required=True, help="The organisation's id.")
@click.option("--new-org", is_flag=True, help="Make the organisation, which is new.")
@click.option("--role", required=True, type=click.Choice(("viewer", "operator", "admin")))
@click.option(
    "--language",
    type=click.Choice(("fr", "en")),
    default="fr",
    show_default=True,
    help="Of a new organisation.",
)
@click.option(
    "--password-stdin", is_flag=True, required=True, help="Read the password on standard input."
)
def add(
    email: str, org: str, new_org: bool, role: "Role", language: "Language", password_stdin: bool
) -> int:
    """Make an account; its password comes on standard input."""
    from sqlalchemy.exc import SQLAlchemyError

    from services.database import engine_from_env
    from services.database.settings import DatabaseSettings

    file = DatabaseSettings.load().file
    if file is not None and not file.exists():
        return refuse(
            "operations.no-database-here", file=file
        )  # made here, it would be a second, empty Filon
    password = sys.stdin.readline().rstrip("\r\n")
    try:
        engine = engine_from_env()
        try:
            return _add(engine, email, org, new_org, role, language, password)
        finally:
            engine.dispose()
    except (OSError, SQLAlchemyError) as error:
        return refuse("operations.no-database", why=error)


def _add(
    engine: "Engine",
    email: str,
    org: str,
    new_org: bool,
    role: "Role",
    language: "Language",
    password: str,
) -> int:
    from services.accounts import Accounts, EmailTaken, NotAnEmail, UnknownOrganisation
    from services.accounts.passwords import WeakPassword

    accounts = Accounts(engine)
    known = accounts.organisations()
    if not new_org and org not in known:
        return refuse(
            "operations.no-such-org" if known else "operations.no-org-yet",
            org=org,
            known=", ".join(known),
        )
    try:
        made = accounts.add(email, org, role, password, language)
    except EmailTaken:
        return refuse("operations.email-taken", email=email)
    except NotAnEmail:
        return refuse("setting.an-email")
    except UnknownOrganisation:
        return refuse("setting.an-org")
    except WeakPassword:
        return refuse("setting.a-password")
    where = engine.url.render_as_string(hide_password=True)
    say("operations.account-made", email=made.email, org=made.org, role=made.role, database=where)
    return 0

"""`filon user`: accounts from the command line."""

import argparse
import os
import sys


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `user add` to the command line."""
    user = commands.add_parser("user", help="accounts: who may sign in")
    actions = user.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("add", help="make an account; its password comes on standard input")
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("--org", required=True, help="the organisation's id, made where it is new")
    add.add_argument("--role", required=True, choices=("viewer", "operator", "admin"))
    add.add_argument("--language", choices=("fr", "en"), default="fr", help="of a new organisation")
    add.add_argument("--password-stdin", action="store_true", required=True)
    add.set_defaults(run=_add)


def _add(chosen: argparse.Namespace) -> int:
    from sqlalchemy.exc import SQLAlchemyError

    from projections.database import engine_from_env
    from services.accounts import Accounts
    from services.accounts.tables import create_tables
    from services.wording import of_terminal, render

    language = of_terminal(os.environ)
    password = sys.stdin.readline().rstrip("\r\n")
    try:
        engine = engine_from_env()
        create_tables(engine)
        made = Accounts(engine).add(
            chosen.email, chosen.org, chosen.role, password, chosen.language
        )
    except (OSError, SQLAlchemyError) as error:
        print(render("operations.no-database", {"why": error}, language), file=sys.stderr)
        return 1
    except ValueError as refused:  # the password, the address or the organisation
        print(refused, file=sys.stderr)
        return 1
    where = engine.url.render_as_string(hide_password=True)
    engine.dispose()
    params = {"email": made.email, "org": made.org, "role": made.role, "database": where}
    print(render("operations.account-made", params, language))
    return 0

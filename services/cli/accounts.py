"""`filon user`: accounts from the command line."""

import argparse
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

    from services.accounts import Accounts
    from services.database import engine_from_env

    password = sys.stdin.readline().rstrip("\r\n")
    try:
        engine = engine_from_env()
        made = Accounts(engine).add(
            chosen.email, chosen.org, chosen.role, password, chosen.language
        )
    except (OSError, SQLAlchemyError) as error:
        print(f"The database can't be used; see FILON_HOME. {error}", file=sys.stderr)
        return 1
    except ValueError as refused:  # the password, the address or the organisation
        print(refused, file=sys.stderr)
        return 1
    where = engine.url.render_as_string(hide_password=True)
    engine.dispose()
    print(f"{made.email} may sign in to {made.org} as {made.role}. ({where})")
    return 0

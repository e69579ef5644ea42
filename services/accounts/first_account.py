"""The first account, so that somebody can sign in after the first start."""

import secrets
from collections.abc import Mapping

from services.accounts.passwords import WeakPassword
from services.accounts.people import Accounts, EmailTaken, NotAnEmail, UnknownOrganisation
from services.settings import UnusableSetting


def ensure_first_account(
    accounts: Accounts, environ: Mapping[str, str], production: bool
) -> str | None:
    """What to show once on the console: address and password, where they were made up here.

    Raises `UnusableSetting` where production lacks a good password.
    """
    if accounts.count():
        return None
    email = environ.get("FILON_ADMIN_EMAIL") or "admin@filon.example"
    password = environ.get("FILON_ADMIN_PASSWORD") or ""
    if production and not password:
        raise UnusableSetting("FILON_ENV=production needs FILON_ADMIN_PASSWORD at first start.")
    made_up = not password
    password = password or secrets.token_urlsafe(15)
    try:
        accounts.add(email, environ.get("FILON_ORG") or "filon", "admin", password)
    except EmailTaken:
        return None  # another edge was first
    except WeakPassword as error:
        raise UnusableSetting(f"FILON_ADMIN_PASSWORD: {error}") from error
    except UnknownOrganisation as error:
        raise UnusableSetting(f"FILON_ORG: {error}") from error
    except NotAnEmail as error:
        raise UnusableSetting(f"FILON_ADMIN_EMAIL: {error}") from error
    return _block(email, password) if made_up else None


def _block(email: str, password: str) -> str:
    line = "=" * 64
    return (
        f"{line}\n  Premier compte / first account (affiché une seule fois / shown once)\n\n"
        f"    e-mail                   {email}\n    mot de passe / password  {password}\n{line}"
    )

"""The first account, so that somebody can sign in after the first start."""

import secrets
from typing import Annotated

from pydantic import SecretStr

from services.accounts.passwords import WeakPassword
from services.accounts.people import Accounts, EmailTaken, NotAnEmail, UnknownOrganisation
from services.settings import About, ModeSettings, UnusableSetting
from services.wording import Language


class FirstAccountSettings(ModeSettings):
    """Who it is for; read at the first start alone."""

    org: Annotated[str, About("the first organisation", expects="setting.an-org")] = "filon"
    language: Annotated[
        Language, About("and its language, `fr` or `en`", expects="setting.a-language")
    ] = "fr"
    admin_email: Annotated[
        str, About("with which address its administrator signs in", expects="setting.an-email")
    ] = "admin@filon.example"
    admin_password: Annotated[
        SecretStr | None,
        About(
            "and with which password",
            expects="setting.a-password",
            default="made up, and printed once; `production` requires it",
            secret=True,
        ),
    ] = None


def ensure_first_account(accounts: Accounts, settings: FirstAccountSettings) -> str | None:
    """What to show once on the console: address and password, where they were made up here.

    Raises `UnusableSetting` where production lacks a good password.
    """
    if accounts.count():
        return None
    chosen = settings.admin_password
    if settings.production and not chosen:
        raise UnusableSetting("FILON_ADMIN_PASSWORD", "setting.needed-in-production")
    password = chosen.get_secret_value() if chosen else secrets.token_urlsafe(15)
    try:
        accounts.add(settings.admin_email, settings.org, "admin", password, settings.language)
    except EmailTaken:
        return None  # another edge was first
    except WeakPassword as error:
        raise UnusableSetting("FILON_ADMIN_PASSWORD", error.code) from error
    except UnknownOrganisation as error:
        raise UnusableSetting("FILON_ORG", "setting.an-org", settings.org) from error
    except NotAnEmail as error:
        raise UnusableSetting(
            "FILON_ADMIN_EMAIL", "setting.an-email", settings.admin_email
        ) from error
    return None if chosen else _block(settings.admin_email, password)


def _block(email: str, password: str) -> str:
    line = "=" * 64
    return (
        f"{line}\n  Premier compte / first account (affiché une seule fois / shown once)\n\n"
        f"    e-mail                   {email}\n    mot de passe / password  {password}\n{line}"
    )

"""Which database holds the read models and the accounts."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, SecretStr
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from services.settings import About, HomeSettings

SQLITE = "sqlite:///"
SCHEMES = ("postgresql://", SQLITE)


def _known(url: SecretStr | None) -> SecretStr | None:
    if url is None:
        return None
    text = url.get_secret_value()
    try:
        make_url(text)
    except ArgumentError as error:
        raise ValueError from error
    if not text.startswith(SCHEMES):
        raise ValueError
    return url


class DatabaseSettings(HomeSettings):
    """PostgreSQL, or a file."""

    database_url: Annotated[
        SecretStr | None,
        AfterValidator(_known),
        About(
            "read models and accounts; `postgresql://…` for more than one machine",
            expects="setting.a-database",
            default="SQLite in `FILON_HOME`",
            secret=True,
        ),
    ] = None

    @property
    def url(self) -> str:
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"{SQLITE}{self.home / 'filon.db'}"

    @property
    def file(self) -> Path | None:
        """SQLite's; None where a server keeps the data."""
        return Path(self.url.removeprefix(SQLITE)) if self.url.startswith(SQLITE) else None

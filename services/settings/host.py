"""At which address of this machine processes listen."""

from typing import Annotated

from pydantic import Field

from services.settings.base import About, Settings

LOOPBACK = ("127.0.0.1", "::1")


class HostSettings(Settings):
    """Nobody else's machine reaches what is not told to listen for it."""

    host: Annotated[
        str | None,
        Field(validation_alias="FILON_HOST"),
        About(
            "the address to listen at; `0.0.0.0` for everybody, behind a proxy with TLS",
            expects="setting.a-host",
            default="127.0.0.1 and ::1",
        ),
    ] = None

    @property
    def hosts(self) -> tuple[str, ...]:
        return (self.host,) if self.host else LOOPBACK

"""How strict Filon is."""

from typing import Annotated, Literal

from services.settings.base import About, Settings


class ModeSettings(Settings):
    """Whether real people's data are at stake."""

    env: Annotated[
        Literal["development", "production"],
        About("`production` refuses weak or missing secrets", expects="setting.an-environment"),
    ] = "development"

    @property
    def production(self) -> bool:
        return self.env == "production"

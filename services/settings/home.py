"""The folder that holds what Filon keeps on this machine."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from services.settings.base import About, Settings, UnusableSetting


class HomeSettings(Settings):
    """Where the log, the database and the keys are."""

    home: Annotated[
        Path,
        AfterValidator(Path.absolute),
        About(
            "the log, the database, the keys. **Back it up**; `keys/identity` above all",
            expects="setting.a-folder",
        ),
    ] = Path(".filon")

    def folder(self, *parts: str) -> Path:
        """A folder in it that exists from now on; raises `UnusableSetting`."""
        folder = self.home.joinpath(*parts)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise UnusableSetting("FILON_HOME", "setting.a-folder", str(self.home)) from error
        return folder

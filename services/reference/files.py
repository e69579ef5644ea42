"""Each generated file of the project, and what it must hold."""

from pathlib import Path

from events import schemas
from services.dashboard import french
from services.operations import settings_table
from services.reference.close_codes import close_codes
from services.reference.commands import commands
from services.reference.documents import asyncapi, openapi
from services.reference.metrics import metrics
from services.reference.problems import problems

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


def everything() -> dict[Path, str]:
    """By file; older versions' schemas of events are none of these and stay as they are."""
    readme = settings_table.README
    return {
        readme: settings_table.renewed(readme.read_text("utf-8")),
        **{schemas.FOLDER / name: text for name, text in schemas.documents().items()},
        **{french.FOLDER / name: text for name, text in french.modules().items()},
        FOLDER / "commands.md": commands(),
        FOLDER / "problems.md": problems(),
        FOLDER / "close-codes.md": close_codes(),
        FOLDER / "metrics.md": metrics(),
        FOLDER / "openapi.json": openapi(),
        FOLDER / "asyncapi.json": asyncapi(),
    }

"""Bringing a database to what this version needs, whoever opens it first.

A migration only adds: while a new version is rolled out, the one before still runs beside it, and
it must be able to come back.
"""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from services.database.locking import alone

_MIGRATIONS = Path(__file__).with_name("migrations")
logger = logging.getLogger("filon.database")
logging.getLogger("alembic").setLevel(logging.WARNING)


def migrate(engine: Engine) -> None:
    """Runs the migrations that the database lacks, all or none; several processes may do so at
    once. A database that a newer version has migrated is left as it is."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    known = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    with engine.connect() as connection:
        if _is_current(connection, known):
            return
    with alone(engine) as connection:
        if not _is_current(connection, known):
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _is_current(connection: Connection, known: list[str]) -> bool:
    """`known` are this version's migrations, the newest first."""
    at = MigrationContext.configure(connection).get_current_revision()
    if at is not None and at not in known:
        logger.warning("database.newer revision=%s known=%s", at, known[0])
        return True
    return at == known[0]

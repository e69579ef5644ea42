"""The SQL database, SQLite in `FILON_HOME` or PostgreSQL: one engine for accounts and read models.

What can't be rebuilt is set up and changed by the migrations here, which run whenever a process
opens the database; the read models' tables are the projector's own affair.
"""

from services.database.engine import engine_from_env, open_engine
from services.database.locking import alone
from services.database.upserting import upsert

__all__ = ["alone", "engine_from_env", "open_engine", "upsert"]

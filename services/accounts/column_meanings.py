"""What an organisation said that columns of its lists mean."""

from collections.abc import Mapping

from sqlalchemy import Engine, select

from services.accounts.tables import column_meanings
from services.database import upsert


class ColumnMeanings:
    """By header, in its normal form; None is kept as it is. Synchronous, for a thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, org: str) -> dict[str, str | None]:
        asked = select(column_meanings.c.header, column_meanings.c.field)
        with self._engine.connect() as connection:
            rows = connection.execute(asked.where(column_meanings.c.org == org)).all()
        return {row.header: row.field for row in rows}

    def remember(self, org: str, meanings: Mapping[str, str | None]) -> None:
        """What was said of the same header before is forgotten."""
        rows = [{"org": org, "header": h, "field": field} for h, field in meanings.items()]
        with self._engine.begin() as connection:
            upsert(connection, column_meanings, rows)

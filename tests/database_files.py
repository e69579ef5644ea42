"""What a database's files hold, deleted rows included."""

from pathlib import Path

from sqlalchemy import Engine, text

_PAGES = """
    SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class
    WHERE oid IN (SELECT unnest(ARRAY[oid, reltoastrelid]) FROM pg_class
                  WHERE relname = :table AND relkind = 'r')
"""


def in_files(engine: Engine, table: str) -> bytes:
    """All of SQLite's files; of PostgreSQL the table's pages, and the samples that it took."""
    if engine.dialect.name == "sqlite":
        folder = Path(engine.url.database or "").parent
        return b"".join(path.read_bytes() for path in folder.glob("filon.db*"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CHECKPOINT")
        pages = connection.scalars(text(_PAGES), {"table": table})
        sampled = str(connection.execute(text("SELECT * FROM pg_stats")).all())
        return b"".join(pages) + sampled.encode()

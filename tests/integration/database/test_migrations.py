"""What can't be rebuilt is carried over from any version that wrote it."""

import logging
import subprocess
import sys
import time

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, create_engine, inspect

from services.accounts import Accounts, passwords, tables
from services.database import open_engine, traces

PASSWORD = "correct horse battery staple"
BEFORE_MIGRATIONS = (
    "CREATE TABLE organisations (id TEXT NOT NULL, language TEXT NOT NULL, PRIMARY KEY (id))",
    "CREATE TABLE users (id TEXT NOT NULL, org TEXT NOT NULL, email TEXT NOT NULL,"
    " role TEXT NOT NULL, password TEXT NOT NULL, created_at FLOAT NOT NULL, PRIMARY KEY (id),"
    " UNIQUE (email))",
    "CREATE TABLE revocations (session TEXT NOT NULL, expires_at FLOAT NOT NULL,"
    " PRIMARY KEY (session))",
    "CREATE TABLE tickets (digest TEXT NOT NULL, principal TEXT NOT NULL,"
    " expires_at FLOAT NOT NULL, PRIMARY KEY (digest))",
    "CREATE TABLE answers (user_id TEXT NOT NULL, route TEXT NOT NULL, key TEXT NOT NULL,"
    " digest TEXT NOT NULL, status TEXT, headers TEXT, body {blob}, at FLOAT NOT NULL,"
    " PRIMARY KEY (user_id, route, key))",
    "CREATE INDEX ix_answers_at ON answers (at)",
    "CREATE TABLE campaigns (org TEXT NOT NULL, id TEXT NOT NULL, created_at TEXT NOT NULL,"
    " view TEXT NOT NULL, PRIMARY KEY (org, id))",
    "INSERT INTO organisations VALUES ('acme', 'en')",
)
"""A database as Filon made it before it had migrations."""


def written_before_migrations(url: str) -> None:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    blob = "BYTEA" if engine.dialect.name == "postgresql" else "BLOB"
    with engine.begin() as connection:
        for statement in BEFORE_MIGRATIONS:
            connection.exec_driver_sql(statement.format(blob=blob))
        password = passwords.digest(PASSWORD)
        row = f"('u-ada', 'acme', 'ada@acme.example', 'admin', '{password}', {time.time()})"
        connection.exec_driver_sql(f"INSERT INTO users VALUES {row}")
    engine.dispose()


def differences(engine: Engine) -> list[object]:
    """Between the migrated database and the tables that the code asks."""
    expected = MetaData()
    for metadata in (tables.metadata, traces.metadata):
        for table in metadata.sorted_tables:
            table.to_metadata(expected)
    with engine.connect() as connection:
        told = {"include_name": lambda name, type_, _: type_ != "table" or name in expected.tables}
        return list(compare_metadata(MigrationContext.configure(connection, opts=told), expected))


def test_the_migrations_make_the_tables_that_the_code_asks(engine: Engine) -> None:
    assert differences(engine) == []


def test_who_had_an_account_before_there_were_migrations_signs_in(database_url: str) -> None:
    written_before_migrations(database_url)
    engine = open_engine(database_url)
    account = Accounts(engine).authenticate("ada@acme.example", PASSWORD)
    assert account is not None and (account.role, account.language) == ("admin", "en")
    assert differences(engine) == []
    engine.dispose()


def test_many_processes_may_open_a_new_database_at_once(database_url: str) -> None:
    opening = "import sys; from services.database import open_engine; open_engine(sys.argv[1])"
    started = [
        subprocess.Popen([sys.executable, "-c", opening, database_url], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    told = [process.communicate(timeout=150)[1].decode() for process in started]
    assert [process.returncode for process in started] == [0] * 3, told
    engine = open_engine(database_url)
    assert "users" in inspect(engine).get_table_names()
    engine.dispose()


def test_what_a_newer_version_has_migrated_is_left_as_it_is(
    engine: Engine, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with caplog.at_level(logging.WARNING):
        open_engine(database_url).dispose()
    assert "9999" in caplog.text

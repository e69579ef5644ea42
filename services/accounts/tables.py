"""The edge's own tables: accounts, and what a session needs. No rebuild touches them; a change to
them is a migration as well (docs/database.md)."""

from sqlalchemy import Column, Float, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

organisations = Table(
    "organisations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("language", Text, nullable=False),
)
users = Table(
    "users",
    metadata,
    Column("id", Text, primary_key=True),
    Column("org", Text, nullable=False),
    Column("email", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("epoch", Integer, nullable=False, server_default="0"),
)
put_out = Table(
    "put_out",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("expires_at", Float, nullable=False),
)
revocations = Table(
    "revocations",
    metadata,
    Column("session", Text, primary_key=True),
    Column("expires_at", Float, nullable=False),
)
tickets = Table(
    "tickets",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("principal", Text, nullable=False),
    Column("expires_at", Float, nullable=False),
)
answers = Table(
    "answers",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("route", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("status", Text),
    Column("headers", Text),
    Column("body", LargeBinary),
    Column("at", Float, nullable=False, index=True),
)
column_meanings = Table(
    "column_meanings",
    metadata,
    Column("org", Text, primary_key=True),
    Column("header", Text, primary_key=True),
    Column("field", Text),
)

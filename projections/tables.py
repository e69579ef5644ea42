"""The read models' tables; `versions` makes them, and makes them anew when they change."""

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text

metadata = MetaData()

campaigns = Table(
    "campaigns",
    metadata,
    Column("org", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("created_at", Text, nullable=False),
    Column("view", Text, nullable=False),
)
prospects = Table(
    "prospects",
    metadata,
    Column("org", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("campaign_id", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("score", Integer),
    Column("name", Text, nullable=False),
    Column("found_at", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("view", Text, nullable=False),
)
Index("prospects_by_found", prospects.c.org, prospects.c.campaign_id, prospects.c.found_at)
Index("prospects_by_score", prospects.c.org, prospects.c.campaign_id, prospects.c.score)
agents = Table(
    "agents",
    metadata,
    Column("org", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("campaign_id", Text, nullable=False),
    Column("view", Text, nullable=False),
)
positions = Table(
    "positions",
    metadata,
    Column("name", Text, primary_key=True),
    Column("epoch", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
)

READ_MODELS = (positions, campaigns, prospects, agents)
"""In the order in which a projector locks them."""

UNSAMPLED = (prospects.c.name, prospects.c.words, prospects.c.view)
"""Words about people, which PostgreSQL's statistics must not keep samples of."""

"""Where words were deleted that the database's files may still hold."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "traces",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("table_name", sa.Text, nullable=False),
    )
    if op.get_context().dialect.name == "postgresql":  # no samples of them in the statistics
        op.execute("ALTER TABLE answers ALTER COLUMN body SET STATISTICS 0")

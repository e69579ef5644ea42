"""An account's epoch, and whose sessions of an earlier one have ended."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("users", sa.Column("epoch", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "put_out",
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.Float, nullable=False),
    )

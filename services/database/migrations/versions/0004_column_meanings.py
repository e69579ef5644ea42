"""What organisations said that columns of their lists mean."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "column_meanings",
        sa.Column("org", sa.Text, primary_key=True),
        sa.Column("header", sa.Text, primary_key=True),
        sa.Column("field", sa.Text),
    )

"""Sinks: whether an administrator set the address, which may then be in the private network."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sinks", sa.Column("by_admin", sa.Boolean(), server_default=sa.false(), nullable=False))

"""Requests for a link by e-mail that sets a new password."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reset_requests",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("asked_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_reset_requests_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reset_requests")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reset_requests_account_id"), "reset_requests", ["account_id"], unique=False)

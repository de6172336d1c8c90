"""Filters of the list of activities that accounts keep under a name."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_filters",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("removed_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_saved_filters_athlete_id_athletes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filters")),
        sa.UniqueConstraint("public_id", name=op.f("uq_saved_filters_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_saved_filters_athlete_id_account_id"), "saved_filters", ["athlete_id", "account_id"], unique=False
    )

"""The security log: who signed in, and who changed who may do what."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "security_events",
        sa.Column("id", KEY, nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("by_account", KEY, nullable=True),
        sa.Column("about_account", KEY, nullable=True),
        sa.Column("about_athlete", KEY, nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("details", DOCUMENT, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("together", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_events")),
        sa.UniqueConstraint("together", name=op.f("uq_security_events_together")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_security_events_at_ms"), "security_events", ["at_ms"], unique=False)
    for column in ("by_account", "about_account", "about_athlete"):
        op.create_index(op.f(f"ix_security_events_{column}_id"), "security_events", [column, "id"], unique=False)

"""Sinks: where days are sent, and how far each one is."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sinks",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("sink", sa.Text(), nullable=False),
        sa.Column("user_label", sa.Text(), nullable=False),
        sa.Column("settings", DOCUMENT, nullable=False),
        sa.Column("kinds", DOCUMENT, nullable=True),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("token_hash", sa.Text(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("removed_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_sinks_athlete_id_athletes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sinks")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sinks_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sinks_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sinks_athlete_id"), "sinks", ["athlete_id"])
    op.create_table(
        "sink_state",
        sa.Column("sink_id", KEY, nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("whole_until", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("retry_at_ms", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("pushed_ms", sa.BigInteger(), nullable=True),
        sa.Column("samples", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sink_id"], ["sinks.id"], name=op.f("fk_sink_state_sink_id_sinks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sink_id", name=op.f("pk_sink_state")),
    )

"""Planned sessions at providers, and the secret addresses of calendars."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sent_sessions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("connection_id", KEY, nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("remote_key", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("document", DOCUMENT, nullable=False),
        sa.Column("sent_ms", sa.BigInteger(), nullable=False),
        sa.Column("removed_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_sent_sessions_athlete_id_athletes")),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connections.id"], name=op.f("fk_sent_sessions_connection_id_connections")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_sessions")),
        sa.UniqueConstraint("connection_id", "session", name=op.f("uq_sent_sessions_connection_id_session")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_sent_sessions_athlete_id_connection_id_remote_key"),
        "sent_sessions",
        ["athlete_id", "connection_id", "remote_key"],
        unique=False,
    )
    op.create_table(
        "calendar_feeds",
        sa.Column("id", KEY, nullable=False),
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("notes", sa.Boolean(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_calendar_feeds_athlete_id_athletes")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_calendar_feeds_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feeds_token_hash")),
        sa.UniqueConstraint("account_id", "athlete_id", name=op.f("uq_calendar_feeds_account_id_athlete_id")),
        sqlite_autoincrement=True,
    )

"""Health: entries by hand, notes, which sources are believed most, and the revisions of days."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "health_entries",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=True),
        sa.Column("value", sa.Float(), nullable=False),
        *_entered("health_entries"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_health_entries_athlete_id_day"), "health_entries", ["athlete_id", "day"])
    op.create_table(
        "health_notes",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        *_entered("health_notes"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_health_notes_athlete_id_day"), "health_notes", ["athlete_id", "day"])
    op.create_table(
        "health_priorities",
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sources", DOCUMENT, nullable=False),
        sa.Column("set_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_health_priorities_athlete_id_athletes")),
        sa.PrimaryKeyConstraint("athlete_id", "kind", name=op.f("pk_health_priorities")),
    )
    op.create_table(
        "day_revisions",
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["athlete_id"],
            ["athletes.id"],
            name=op.f("fk_day_revisions_athlete_id_athletes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("athlete_id", "day", name=op.f("pk_day_revisions")),
    )
    op.create_index(op.f("ix_day_revisions_athlete_id_revision"), "day_revisions", ["athlete_id", "revision"])


def _entered(table: str) -> list[sa.schema.SchemaItem]:
    """Return the columns and constraints of what a person enters, changes and takes back."""
    return [
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("replaces", KEY, nullable=True),
        sa.Column("removed_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f(f"fk_{table}_athlete_id_athletes")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
    ]

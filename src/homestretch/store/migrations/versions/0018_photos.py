"""Photos of activities."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "photos",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=True),
        sa.Column("taken_ms", sa.BigInteger(), nullable=True),
        sa.Column("taken_local", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("clock_s", sa.Integer(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_ms", sa.BigInteger(), nullable=False),
        sa.Column("removed_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_photos_athlete_id_athletes")),
        sa.ForeignKeyConstraint(["digest"], ["originals.digest"], name=op.f("fk_photos_digest_originals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
        sa.UniqueConstraint("public_id", name=op.f("uq_photos_public_id")),
        sa.UniqueConstraint("athlete_id", "subject", "digest", name=op.f("uq_photos_athlete_id_subject_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_photos_digest"), "photos", ["digest"], unique=False)

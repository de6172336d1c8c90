"""Planned routes, files that draw them, and which route a session follows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "planned_routes",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sport", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("heights", sa.Text(), nullable=True),
        sa.Column("length_m", sa.Float(), nullable=False),
        sa.Column("gain_m", sa.Float(), nullable=True),
        sa.Column("thumb", sa.Text(), nullable=False),
        sa.Column("cuts", DOCUMENT, nullable=False),
        sa.Column("parameters", DOCUMENT, nullable=False),
        sa.Column("original", sa.Text(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("removed_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_planned_routes_athlete_id_athletes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_routes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_planned_routes_public_id")),
        sa.UniqueConstraint(
            "athlete_id", "original", "place", name=op.f("uq_planned_routes_athlete_id_original_place")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_planned_routes_athlete_id"), "planned_routes", ["athlete_id"], unique=False)
    op.create_table(
        "route_files",
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("length_m", sa.Float(), nullable=True),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_route_files_athlete_id_athletes")),
        sa.PrimaryKeyConstraint("athlete_id", "digest", name=op.f("pk_route_files")),
    )
    op.create_table(
        "session_routes",
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("route_id", KEY, nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_session_routes_athlete_id_athletes")),
        sa.ForeignKeyConstraint(
            ["route_id"], ["planned_routes.id"], name=op.f("fk_session_routes_route_id_planned_routes")
        ),
        sa.PrimaryKeyConstraint("athlete_id", "session", name=op.f("pk_session_routes")),
    )
    op.create_index(op.f("ix_session_routes_route_id"), "session_routes", ["route_id"], unique=False)

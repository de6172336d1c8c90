"""Proposals of changes at providers; gear, its components and services; arrivals by what a provider calls them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0003"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gear",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("families", DOCUMENT, nullable=False),
        sa.Column("distance_m", sa.Float(), nullable=False),
        sa.Column("time_s", sa.Float(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("retired_ms", sa.BigInteger(), nullable=True),
        sa.Column("removed_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_gear_athlete_id_athletes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gear")),
        sa.UniqueConstraint("public_id", name=op.f("uq_gear_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_gear_athlete_id"), "gear", ["athlete_id"], unique=False)
    op.create_table(
        "components",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("gear_id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("distance_m", sa.Float(), nullable=False),
        sa.Column("time_s", sa.Float(), nullable=False),
        sa.Column("every_m", sa.Float(), nullable=True),
        sa.Column("every_s", sa.Float(), nullable=True),
        sa.Column("every_days", sa.Integer(), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("removed_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_components_athlete_id_athletes")),
        sa.ForeignKeyConstraint(["gear_id"], ["gear.id"], name=op.f("fk_components_gear_id_gear")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_components")),
        sa.UniqueConstraint("public_id", name=op.f("uq_components_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_components_athlete_id"), "components", ["athlete_id"], unique=False)
    op.create_index(op.f("ix_components_gear_id"), "components", ["gear_id"], unique=False)
    op.create_table(
        "gear_aliases",
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("gear_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_gear_aliases_athlete_id_athletes")),
        sa.ForeignKeyConstraint(["gear_id"], ["gear.id"], name=op.f("fk_gear_aliases_gear_id_gear")),
        sa.PrimaryKeyConstraint("athlete_id", "source", "key", name=op.f("pk_gear_aliases")),
    )
    op.create_index(op.f("ix_gear_aliases_gear_id"), "gear_aliases", ["gear_id"], unique=False)
    op.create_table(
        "proposals",
        sa.Column("id", KEY, nullable=False),
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("connection_id", KEY, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("provider_key", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("before", DOCUMENT, nullable=True),
        sa.Column("after", DOCUMENT, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("decided_ms", sa.BigInteger(), nullable=True),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("applied_ms", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("task", sa.Text(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("undoes", KEY, nullable=True),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_proposals_athlete_id_athletes")),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connections.id"], name=op.f("fk_proposals_connection_id_connections")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_proposals_athlete_id"), "proposals", ["athlete_id"], unique=False)
    op.create_index(op.f("ix_proposals_state"), "proposals", ["state"], unique=False)
    op.create_table(
        "services",
        sa.Column("id", KEY, nullable=False),
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("component_id", KEY, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("removed_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_services_athlete_id_athletes")),
        sa.ForeignKeyConstraint(["component_id"], ["components.id"], name=op.f("fk_services_component_id_components")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_services_athlete_id"), "services", ["athlete_id"], unique=False)
    op.create_index(op.f("ix_services_component_id"), "services", ["component_id"], unique=False)
    op.create_index(
        op.f("ix_arrivals_athlete_id_provider_provider_key"),
        "arrivals",
        ["athlete_id", "provider", "provider_key"],
        unique=False,
    )

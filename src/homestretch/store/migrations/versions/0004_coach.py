"""The coach: rules and plans in versions, links of sessions to activities, workouts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("removed_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_plans_athlete_id_athletes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("public_id", name=op.f("uq_plans_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_plans_athlete_id"), "plans", ["athlete_id"], unique=False)
    op.create_table(
        "rule_versions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("rules", DOCUMENT, nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_rule_versions_athlete_id_athletes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_versions")),
        sa.UniqueConstraint("athlete_id", "version", name=op.f("uq_rule_versions_athlete_id_version")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "session_links",
        sa.Column("id", KEY, nullable=False),
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("skipped", sa.Text(), nullable=True),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("removed_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_session_links_athlete_id_athletes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_links")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_session_links_athlete_id_session"), "session_links", ["athlete_id", "session"], unique=False
    )
    op.create_table(
        "workouts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sport", sa.Text(), nullable=False),
        sa.Column("hard", sa.Boolean(), nullable=False),
        sa.Column("document", DOCUMENT, nullable=False),
        sa.Column("original", sa.Text(), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("replaces", KEY, nullable=True),
        sa.Column("removed_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_workouts_athlete_id_athletes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workouts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_workouts_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_workouts_athlete_id"), "workouts", ["athlete_id"], unique=False)
    op.create_table(
        "plan_versions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("plan_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("rules_version", sa.Integer(), nullable=True),
        sa.Column("thresholds", DOCUMENT, nullable=False),
        sa.Column("algorithm", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("cause", DOCUMENT, nullable=False),
        sa.Column("document", DOCUMENT, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("decided_ms", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", KEY, nullable=True),
        sa.Column("decided_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plans.id"], name=op.f("fk_plan_versions_plan_id_plans"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_versions")),
        sa.UniqueConstraint("plan_id", "version", name=op.f("uq_plan_versions_plan_id_version")),
        sqlite_autoincrement=True,
    )

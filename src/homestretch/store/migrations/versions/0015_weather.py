"""The weather of activities, of athletes who want to see it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "weather_choices",
        sa.Column("athlete_id", KEY, autoincrement=False, nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.Column("quota_used", DOCUMENT, nullable=False),
        sa.Column("failures", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("retry_at_ms", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("seen", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_weather_choices_athlete_id_athletes")),
        sa.PrimaryKeyConstraint("athlete_id", name=op.f("pk_weather_choices")),
    )
    op.create_table(
        "weather_days",
        sa.Column("athlete_id", KEY, autoincrement=False, nullable=False),
        sa.Column("latitude", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("longitude", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("hours", DOCUMENT, nullable=False),
        sa.Column("asked_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_weather_days_athlete_id_athletes")),
        sa.PrimaryKeyConstraint("athlete_id", "latitude", "longitude", "day", name=op.f("pk_weather_days")),
    )

"""Which athletes are made up."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "demos",
        sa.Column("athlete_id", KEY, nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("equipped_ms", sa.BigInteger(), nullable=True),
        sa.Column("removed_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_demos_athlete_id_athletes")),
        sa.PrimaryKeyConstraint("athlete_id", name=op.f("pk_demos")),
    )

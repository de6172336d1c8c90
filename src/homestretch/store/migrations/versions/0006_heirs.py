"""Which recording stands for one that is gone."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("identities", sa.Column("heir_id", KEY, nullable=True))
    op.create_index(op.f("ix_identities_heir_id"), "identities", ["heir_id"], unique=False)

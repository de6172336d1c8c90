"""From which day on an item of gear is the usual one of its sports; none: from the first activity on."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("gear", sa.Column("usual_since", sa.Text(), nullable=True))

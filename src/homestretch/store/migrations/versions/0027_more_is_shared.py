"""Links lead to planned routes and ranges of days too."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("shares", sa.Column("kind", sa.Text(), nullable=False, server_default="activity"))

"""What a viewer sees is chosen."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("grants", sa.Column("sees", sa.Text(), nullable=True))
    op.add_column("invitations", sa.Column("sees", sa.Text(), nullable=True))

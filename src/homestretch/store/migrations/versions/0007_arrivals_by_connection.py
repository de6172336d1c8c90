"""What came by a connection is found by it."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_arrivals_connection_id"), "arrivals", ["connection_id"], unique=False)

"""Channels are devices for push too, and addresses of e-mail are confirmed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("notification_channels", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("device_hash", sa.Text(), nullable=True))
        batch.add_column(sa.Column("session_hash", sa.Text(), nullable=True))
        # Addresses that are there go on getting what they get: their owners had tests sent to them.
        batch.add_column(sa.Column("address_state", sa.Text(), server_default="open", nullable=False))
        batch.add_column(sa.Column("confirmation", DOCUMENT, nullable=True))
        batch.create_unique_constraint(op.f("uq_notification_channels_device_hash"), ["device_hash"])

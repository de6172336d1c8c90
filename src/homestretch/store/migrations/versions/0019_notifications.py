"""Notifications are seen by each account for itself, and sent by channels."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("notifications", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("athlete_id", existing_type=KEY, nullable=True)
        batch.add_column(sa.Column("account_id", KEY, nullable=True))
        batch.create_foreign_key(
            op.f("fk_notifications_account_id_accounts"), "accounts", ["account_id"], ["id"], ondelete="CASCADE"
        )
        batch.create_index(op.f("ix_notifications_account_id"), ["account_id"], unique=False)
    _states()
    _channels()
    # What was seen was seen by everybody who could have: there was one mark for all.
    op.execute(
        sa.text(
            "INSERT INTO notification_states (notification_id, account_id, seen_ms) "
            "SELECT n.id, g.account_id, n.seen_ms FROM notifications n JOIN grants g ON g.athlete_id = n.athlete_id "
            "WHERE n.seen_ms IS NOT NULL AND g.role IN ('owner', 'editor')"
        )
    )


def _states() -> None:
    op.create_table(
        "notification_states",
        sa.Column("notification_id", KEY, autoincrement=False, nullable=False),
        sa.Column("account_id", KEY, autoincrement=False, nullable=False),
        sa.Column("seen_ms", sa.BigInteger(), nullable=False),
        sa.Column("dismissed_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["notification_id"],
            ["notifications.id"],
            name=op.f("fk_notification_states_notification_id_notifications"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_notification_states_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("notification_id", "account_id", name=op.f("pk_notification_states")),
    )
    op.create_index(op.f("ix_notification_states_account_id"), "notification_states", ["account_id"], unique=False)


def _channels() -> None:
    op.create_table(
        "notification_channels",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("settings", DOCUMENT, nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("choices", DOCUMENT, nullable=False),
        sa.Column("by_admin", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("stop_token", sa.Text(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("retry_at_ms", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("sent_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_notification_channels_account_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification_channels")),
        sa.UniqueConstraint("public_id", name=op.f("uq_notification_channels_public_id")),
        sa.UniqueConstraint("stop_token", name=op.f("uq_notification_channels_stop_token")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_notification_channels_account_id"), "notification_channels", ["account_id"], unique=False)
    op.create_table(
        "notification_deliveries",
        sa.Column("channel_id", KEY, autoincrement=False, nullable=False),
        sa.Column("notification_id", KEY, autoincrement=False, nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["notification_channels.id"],
            name=op.f("fk_notification_deliveries_channel_id_notification_channels"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["notification_id"],
            ["notifications.id"],
            name=op.f("fk_notification_deliveries_notification_id_notifications"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("channel_id", "notification_id", name=op.f("pk_notification_deliveries")),
    )
    op.create_index(
        op.f("ix_notification_deliveries_notification_id"), "notification_deliveries", ["notification_id"], unique=False
    )
    op.create_table(
        "notification_wishes",
        sa.Column("account_id", KEY, autoincrement=False, nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("health_values", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_notification_wishes_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_notification_wishes")),
    )

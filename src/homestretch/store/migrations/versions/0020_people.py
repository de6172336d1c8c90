"""Invitations, and athletes that are removed for some days before their data are deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("athletes", sa.Column("removed_ms", sa.BigInteger(), nullable=True))
    op.execute(
        "update athletes set removed_ms = (select demos.removed_ms from demos where demos.athlete_id = athletes.id)"
    )
    op.drop_column("demos", "removed_ms")
    op.create_table(
        "invitations",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("athlete_id", KEY, nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("until_ms", sa.BigInteger(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("accepted_ms", sa.BigInteger(), nullable=True),
        sa.Column("revoked_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_invitations_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"], name=op.f("fk_invitations_athlete_id_athletes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invitations_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_invitations_athlete_id"), "invitations", ["athlete_id"], unique=False)

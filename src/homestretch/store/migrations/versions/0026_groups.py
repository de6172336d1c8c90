"""Groups, such as clubs, and roles for a while; invitations to both."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "groups",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("public_id", name=op.f("uq_groups_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "group_accounts",
        sa.Column("group_id", KEY, autoincrement=False, nullable=False),
        sa.Column("account_id", KEY, autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("joined_ms", sa.BigInteger(), nullable=False),
        _to("group_accounts", "group_id", "groups"),
        _to("group_accounts", "account_id", "accounts"),
        sa.PrimaryKeyConstraint("group_id", "account_id", name=op.f("pk_group_accounts")),
    )
    op.create_index(op.f("ix_group_accounts_account_id"), "group_accounts", ["account_id"], unique=False)
    op.create_table(
        "group_athletes",
        sa.Column("group_id", KEY, autoincrement=False, nullable=False),
        sa.Column("athlete_id", KEY, autoincrement=False, nullable=False),
        sa.Column("members_see", sa.Text(), nullable=True),
        sa.Column("added_ms", sa.BigInteger(), nullable=False),
        _to("group_athletes", "group_id", "groups"),
        _to("group_athletes", "athlete_id", "athletes"),
        sa.PrimaryKeyConstraint("group_id", "athlete_id", name=op.f("pk_group_athletes")),
    )
    op.create_index(op.f("ix_group_athletes_athlete_id"), "group_athletes", ["athlete_id"], unique=False)
    op.create_table(
        "temporary_roles",
        sa.Column("account_id", KEY, autoincrement=False, nullable=False),
        sa.Column("athlete_id", KEY, autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("sees", sa.Text(), nullable=True),
        sa.Column("until_ms", sa.BigInteger(), nullable=False),
        _to("temporary_roles", "account_id", "accounts"),
        _to("temporary_roles", "athlete_id", "athletes"),
        sa.PrimaryKeyConstraint("account_id", "athlete_id", name=op.f("pk_temporary_roles")),
    )
    op.create_index(op.f("ix_temporary_roles_athlete_id"), "temporary_roles", ["athlete_id"], unique=False)
    with op.batch_alter_table("invitations", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("group_id", KEY, nullable=True))
        batch.add_column(sa.Column("group_role", sa.Text(), nullable=True))
        batch.add_column(sa.Column("many", sa.Boolean(), nullable=True))
        batch.add_column(sa.Column("hours", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_invitations_group_id_groups"), "groups", ["group_id"], ["id"], ondelete="CASCADE"
        )
        batch.create_index(op.f("ix_invitations_group_id"), ["group_id"], unique=False)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")

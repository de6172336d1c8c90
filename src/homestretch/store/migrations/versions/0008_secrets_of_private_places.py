"""What moves and widens a private place before it is cut: a secret for each of them."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("privacy_zones", sa.Column("secret", sa.Text(), nullable=True))
    zones = sa.table("privacy_zones", sa.column("id", sa.BigInteger()), sa.column("secret", sa.Text()))
    connection = op.get_bind()
    for row in connection.execute(sa.select(zones.c.id)).all():
        chosen = sa.update(zones).where(zones.c.id == row.id).values(secret=secrets.token_hex(16))
        connection.execute(chosen)
    with op.batch_alter_table("privacy_zones", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("secret", existing_type=sa.Text(), nullable=False)

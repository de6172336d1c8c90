"""Column types that mean the same on SQLite and PostgreSQL."""

from sqlalchemy import JSON, BigInteger, Integer, MetaData
from sqlalchemy.dialects.postgresql import JSONB

#: Names for every constraint, which Alembic needs to change a table on SQLite.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

#: A 64-bit key; SQLite numbers rows itself only for INTEGER.
Key = BigInteger().with_variant(Integer, "sqlite")
#: JSON that PostgreSQL keeps in its binary form.
Document = JSON().with_variant(JSONB, "postgresql")

#: Kept and ops tables: migrated by Alembic, copied by `backup`.
kept_metadata = MetaData(naming_convention=NAMING)
#: Derived tables: no migrations; when their definition changes they are dropped and made again.
derived_metadata = MetaData(naming_convention=NAMING, schema="derived")
#: What terms limit to some days, in a file of its own: no migrations, in no backup and no replica, made again if lost.
cached_metadata = MetaData(naming_convention=NAMING, schema="cached")

"""Kept tables of lists: filters under a name. Times are UTC milliseconds."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from homestretch.store.tables.columns import Key, kept_metadata

#: A filter of the list of activities that an account keeps under a name: the query of the list's address.
saved_filters = Table(
    "saved_filters",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False),
    Column("account_id", Key),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("removed_ms", BigInteger),
    Index(None, "athlete_id", "account_id"),
    sqlite_autoincrement=True,
)

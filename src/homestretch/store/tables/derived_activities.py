"""Derived tables of activities beside their own: what was corrected in them, and their tags."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Table, Text

from homestretch.store.tables.columns import Document, Key, derived_metadata

#: The recording of an activity whose samples a person corrected: what other recordings give is in it.
corrected = Table(
    "corrected",
    derived_metadata,
    Column("activity_id", Key, primary_key=True, autoincrement=False),
    Column("athlete_id", Key, nullable=False),
    Column("start_ms", BigInteger, nullable=False),
    Column("end_ms", BigInteger, nullable=False),
    Column("summary", Document, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    Column("blob", LargeBinary, nullable=False),
)

#: Which activities have a tag: what `activities.tags` holds, to be found by it.
activity_tags = Table(
    "activity_tags",
    derived_metadata,
    Column("athlete_id", Key, primary_key=True, autoincrement=False),
    Column("tag", Text, primary_key=True),
    Column("activity_id", Key, primary_key=True, autoincrement=False),
    Index(None, "activity_id"),
    sqlite_with_rowid=False,
)

"""Ops tables: work under way and who is signed in; kept beside the truth, with retention, never in a rebuild."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from homestretch.store.tables.columns import Document, Key, kept_metadata

#: One import: `state` is receiving, running, done or undone.
batches = Table(
    "batches",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("account_id", Key),
    Column("origin", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("created_ms", BigInteger, nullable=False),
    Column("started_ms", BigInteger),
    Column("finished_ms", BigInteger),
    Column("note", Text),
    sqlite_autoincrement=True,
)

#: One file of a batch, its to-do list: `waiting` rows are what is left to import.
items = Table(
    "items",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("batch_id", Key, ForeignKey("batches.id", ondelete="CASCADE"), nullable=False),
    Column("path", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("place", Text),
    Column("digest", Text),
    Column("notes", Document, nullable=False),
    UniqueConstraint("batch_id", "path"),
    Index(None, "batch_id", "status"),
    sqlite_autoincrement=True,
)

sessions = Table(
    "sessions",
    kept_metadata,
    Column("token_hash", Text, primary_key=True),
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
)

#: Failed sign-ins per name and per address.
throttles = Table(
    "throttles",
    kept_metadata,
    Column("key", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
)

#: Locks that outlive a transaction: who holds what until when; taken by compare-and-swap.
leases = Table(
    "leases",
    kept_metadata,
    Column("key", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
)

#: When each server or worker was last alive.
heartbeats = Table(
    "heartbeats",
    kept_metadata,
    Column("executor", Text, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
)

#: Of no use once their moment has passed: never in a backup.
PASSING = (items, sessions, throttles, leases, heartbeats)

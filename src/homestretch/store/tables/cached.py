"""What a provider's terms let us keep for some days only: pages of its list and what they say. Nothing else is here."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Table, Text

from homestretch.store.tables.columns import Key, cached_metadata
from homestretch.store.tables.ops import remote_items

#: Pages of a list as they came, zstd-packed, until they expire.
pages = Table(
    "pages",
    cached_metadata,
    Column("connection_id", Key, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("fetched_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
)

#: The same as `remote_items`, of the sources with such terms. Once its time is over, an item is `expired`: only its
#: key, which is the link, is left.
cached_items = Table(
    "remote_items",
    cached_metadata,
    *(
        Column(column.name, column.type, primary_key=column.primary_key, nullable=column.nullable)
        for column in remote_items.c
    ),
    Index(None, "connection_id", "state", "until"),
)

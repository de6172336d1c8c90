"""Keeps and reads the key with which the server signs what it sends to push services."""

from sqlalchemy import delete, select

from homestretch.store.database import Reader, Writer
from homestretch.store.tables.kept import settings

KEY = "push"


def push_key(reader: Reader) -> str | None:
    """Return the private key, encrypted; None before it is made."""
    found = reader.scalar(select(settings.c.value).where(settings.c.key == KEY))
    return None if found is None else str(found["key"])


def put_push_key(session: Writer, sealed: str, now: int, *, instead_of: str | None) -> None:
    """Keep the private key, encrypted, unless another process has set one `instead_of` the same."""
    if instead_of is not None and push_key(session) == instead_of:
        session.run(delete(settings).where(settings.c.key == KEY))
    session.insert_new(settings, [{"key": KEY, "value": {"key": sealed}, "set_ms": now}])

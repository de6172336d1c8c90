"""Which recording stands for one that is gone: it keeps the other's address and people's edits."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, bindparam, select, update

from homestretch.errors import NotFound
from homestretch.store.database import Reader, Writer
from homestretch.store.tables.kept import edits, identities

#: Before the key of what was split off: when it starts as recorded (ms UTC), and the key of what it was split from.
PART = "part:"

gone, successor = identities.alias("gone"), identities.alias("heir")
_FOLLOWS = successor.c.id == gone.c.successor_id
_HAND_ON = (
    update(identities)
    .where((identities.c.id == bindparam("went")) | (identities.c.successor_id == bindparam("went")))
    .values(successor_id=bindparam("to"))
)


def redirect(session: Writer, successors: Mapping[int, int]) -> None:
    """Write down the successor of each recording that goes, and pass on those that it stood for itself."""
    if successors:
        session.run(_HAND_ON, [{"went": went, "to": to} for went, to in sorted(successors.items())])


def reclaim(session: Writer, ids: Sequence[int]) -> None:
    """Let recordings stand for themselves again."""
    session.run(
        update(identities)
        .where(identities.c.id.in_(ids), identities.c.successor_id.is_not(None))
        .values(successor_id=None)
    )


def resolve_key(reader: Reader, athlete_id: int, key: str) -> tuple[int, str]:
    """Return the identity and key that a recording's edits are about today: its own, or its successor's.

    Raises NotFound.
    """
    mine = (gone.c.athlete_id == athlete_id) & (gone.c.key == key)
    row = reader.row(
        select(gone.c.id, successor.c.id.label("successor_id"), successor.c.key)
        .outerjoin_from(gone, successor, _FOLLOWS)
        .where(mine)
    )
    if row is None:
        raise NotFound(what="recording", id=key)
    return (row.id, key) if row.successor_id is None else (row.successor_id, row.key)


def split_from(key: str) -> str | None:
    """Return the key of what a part was split from; None for the key of a recording."""
    return key.removeprefix(PART).partition(":")[2] if key.startswith(PART) else None


def recording_key(key: str) -> str:
    """Return the key of the recording that is split, given that of a part; of a recording its own."""
    while (whole := split_from(key)) is not None:
        key = whole
    return key


def key_of(reader: Reader, athlete_id: int, public_id: str) -> str:
    """Return the key of the recording that has an address. Raises NotFound."""
    where = (identities.c.public_id == public_id) & (identities.c.athlete_id == athlete_id)
    key = reader.scalar(select(identities.c.key).where(where))
    if key is None:
        raise NotFound(what="activity", id=public_id)
    return str(key)


def public_id_of(reader: Reader, athlete_id: int, key: str) -> str | None:
    """Return the address of the recording that has a key, or None where it is not there."""
    where = (identities.c.key == key) & (identities.c.athlete_id == athlete_id)
    found = reader.scalar(select(identities.c.public_id).where(where))
    return None if found is None else str(found)


def resolved(columns: Sequence[str]) -> "Select[tuple[object, ...]]":
    """Return the query of these columns of the edits of what is gone, the successor's key for their `subject`."""
    selected = [successor.c.key.label("subject") if name == "subject" else edits.c[name] for name in columns]
    of = (gone.c.athlete_id == edits.c.athlete_id) & (gone.c.key == edits.c.subject)
    return select(*selected).select_from(edits).join(gone, of).join(successor, _FOLLOWS)

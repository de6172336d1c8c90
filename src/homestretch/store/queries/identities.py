"""Which recording stands for one that is gone: it keeps that one's address, and what people said of it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, bindparam, select, update

from homestretch.errors import NotFound
from homestretch.store.database import Reader, Writer
from homestretch.store.tables.kept import edits, identities

gone, heir = identities.alias("gone"), identities.alias("heir")
_FOLLOWS = heir.c.id == gone.c.heir_id
_HAND_ON = (
    update(identities)
    .where((identities.c.id == bindparam("went")) | (identities.c.heir_id == bindparam("went")))
    .values(heir_id=bindparam("to"))
)


def hand_on(session: Writer, heirs: Mapping[int, int]) -> None:
    """Write down who stands for each recording that goes, and from now on for those whom that one stood for."""
    if heirs:
        session.run(_HAND_ON, [{"went": went, "to": to} for went, to in sorted(heirs.items())])


def come_back(session: Writer, ids: Sequence[int]) -> None:
    """Let recordings stand for themselves again."""
    session.run(
        update(identities).where(identities.c.id.in_(ids), identities.c.heir_id.is_not(None)).values(heir_id=None)
    )


def speaker(reader: Reader, athlete_id: int, key: str) -> tuple[int, str]:
    """Return the identity and the key of what a recording's edits are about today: it, or its heir. Raises NotFound."""
    mine = (gone.c.athlete_id == athlete_id) & (gone.c.key == key)
    row = reader.row(
        select(gone.c.id, heir.c.id.label("heir_id"), heir.c.key).outerjoin_from(gone, heir, _FOLLOWS).where(mine)
    )
    if row is None:
        raise NotFound(what="recording", id=key)
    return (row.id, key) if row.heir_id is None else (row.heir_id, row.key)


def inherited(columns: Sequence[str]) -> "Select[tuple[object, ...]]":
    """Return the query of these columns of the edits of what is gone, the heir's key for their `subject`."""
    told = [heir.c.key.label("subject") if name == "subject" else edits.c[name] for name in columns]
    of = (gone.c.athlete_id == edits.c.athlete_id) & (gone.c.key == edits.c.subject)
    return select(*told).select_from(edits).join(gone, of).join(heir, _FOLLOWS)

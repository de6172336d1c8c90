"""What people split off from activities: activities of their own, without recordings of their own."""

from collections.abc import Collection, Iterator, Sequence
from itertools import batched

from sqlalchemy import select

from homestretch.store.database import Reader
from homestretch.store.queries.edits import CORRECT, PORTION, edit_rows, undone
from homestretch.store.queries.samples import Stored
from homestretch.store.tables.derived import activities
from homestretch.store.tables.kept import edits, identities

#: The correction that makes two activities of one.
SPLIT = "split"
#: In the value of a split: the key of what becomes an activity of its own.
PART_KEY = "part"


def split_off(reader: Reader, activity_ids: Collection[int]) -> set[int]:
    """Return the activities that were split off from these."""
    ids, found = sorted(activity_ids), set()
    for at in range(0, len(ids), PORTION):
        of = activities.c.split_from_id.in_(ids[at : at + PORTION])
        found |= {row.id for row in reader.rows(select(activities.c.id).where(of))}
    return found


def is_split(reader: Reader, activity_id: int) -> bool:
    """Return whether an activity, or one of its legs, is a part of what was split, the first one or another."""
    row = activities.c
    family = (row.id == activity_id) | (row.parent_id == activity_id)
    ids = {one.id: one.split_from_id for one in reader.rows(select(row.id, row.split_from_id).where(family))}
    return any(ids.values()) or bool(split_off(reader, ids.keys()))


def edits_with_parts(
    reader: Reader, athlete_id: int, keys: Collection[str]
) -> tuple[dict[str, list[Stored]], dict[str, Stored]]:
    """Return the edits of recordings and of what was split off from them, and the identities of that; both by key."""
    said: dict[str, list[Stored]] = {}
    parts: set[str] = set()
    while keys:
        rows = edit_rows(reader, athlete_id, sorted(keys))
        for edit in rows:
            said.setdefault(edit.subject, []).append(edit)
        keys = {edit.value[PART_KEY] for edit in rows if edit.verb == CORRECT and PART_KEY in edit.value} - parts
        parts |= keys
    mine = identities.c.athlete_id == athlete_id
    found: dict[str, Stored] = {}
    for some in batched(sorted(parts), PORTION):
        found |= {row.key: row for row in reader.rows(select(identities).where(mine, identities.c.key.in_(some)))}
    return said, found


def split_edits(reader: Reader, athlete_id: int, subjects: Sequence[str], part: str | None = None) -> list[Stored]:
    """Return the splits that hold of recordings or parts, or, given the key of a part, the one that made it."""
    if part is not None:
        mine = (edits.c.athlete_id == athlete_id) & (edits.c.verb == CORRECT) & (edits.c.field == SPLIT)
        made = reader.rows(select(edits.c.subject, edits.c.value).where(mine))
        subjects = sorted({row.subject for row in made if row.value[PART_KEY] == part})
    rows = edit_rows(reader, athlete_id, subjects)
    taken_back = undone(rows)
    splits = (row for row in rows if row.verb == CORRECT and row.field == SPLIT and row.id not in taken_back)
    return [row for row in splits if part in (None, row.value[PART_KEY])]


def parts_of(reader: Reader, athlete_id: int, subjects: Sequence[str]) -> Iterator[tuple[Stored, Stored]]:
    """Yield what was split off, given the keys that an activity's edits name, in order: its row, and the edit."""
    made = {edit.value[PART_KEY]: edit for edit in split_edits(reader, athlete_id, subjects)}
    query = select(identities.c.key, activities).join(activities, activities.c.id == identities.c.id)
    mine = (identities.c.athlete_id == athlete_id) & identities.c.key.in_(sorted(made))
    rows = reader.rows(query.where(mine).order_by(activities.c.start_ms)) if made else []
    yield from ((row, made[row.key]) for row in rows)


def whole_of(reader: Reader, part: Stored) -> tuple[Stored, Stored] | None:
    """Return the row of what an activity was split from, and the edit; None for what was not."""
    if part.split_from_id is None:
        return None
    own = str(reader.scalar(select(identities.c.key).where(identities.c.id == part.id)))
    edit = split_edits(reader, part.athlete_id, [], own)[-1]
    named = (identities.c.athlete_id == part.athlete_id) & (identities.c.key == edit.subject)
    number = reader.scalar(select(identities.c.id).where(named))
    # The edit may name a recording that is not the first of its activity.
    either = select(activities).where(activities.c.id.in_([number, part.split_from_id]))
    rows = {one.id: one for one in reader.rows(either)}
    return rows.get(number) or rows[part.split_from_id], edit

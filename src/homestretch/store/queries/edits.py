"""Reads edits and folds them: the last word per field holds, and what was undone does not count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, select

from homestretch.model.editable import START
from homestretch.store.database import Reader
from homestretch.store.queries.identities import resolved, successor
from homestretch.store.tables.kept import edits

#: What a person says of a recording and others, whose keys are the value: that they are one workout, or are not.
JOIN, PART = "join", "part"
#: What a person corrects of samples: the field is which correction, the value what it asks for.
CORRECT = "correct"
#: Before the name of a field or channel: whose is to be believed.
PREFER = "prefer:"
#: Before the name of a quantity: whether a person refuses that activity's as a record.
REFUSED = "refused:"
#: The subject of edits that are about all of an athlete's recordings.
OF_ALL = "*"
PORTION = 500


@dataclass(frozen=True, slots=True)
class Said:
    """What holds of an activity by its edits: field values, whether it is deleted, and the last edit looked at.

    `corrections` are those of its samples, in order: which, and its values.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    deleted: bool = False
    last: int | None = None
    corrections: tuple[tuple[str, Mapping[str, Any]], ...] = ()


def edit_rows(reader: Reader, athlete_id: int, subjects: Sequence[str], field: str | None = None) -> list[Row[Any]]:
    """Return every edit of the recordings named (with a field: only those that can matter to it), in total order.

    Those of a recording that is gone are its successor's.
    """
    mine, names = edits.c.athlete_id == athlete_id, edits.c.keys()
    if field is not None:
        named = select(edits.c.subject), resolved(["subject"])
        spoken = {row.subject for query in named for row in reader.rows(query.where(mine, edits.c.field == field))}
        subjects = [subject for subject in subjects if subject in spoken]
    found: dict[int, Row[Any]] = {}
    for at in range(0, len(subjects), PORTION):
        part = subjects[at : at + PORTION]
        own = select(edits).where(mine, edits.c.subject.in_(part))
        for query in (resolved(names).where(successor.c.athlete_id == athlete_id, successor.c.key.in_(part)), own):
            found |= {row.id: row for row in reader.rows(query)}
    return sorted(found.values(), key=lambda row: (row.at_ms, row.id))


def undone(rows: Iterable[Row[Any]]) -> set[int]:
    """Return the ids of the edits that were undone and not redone later."""
    found: set[int] = set()
    for row in rows:
        if row.verb == "undo":
            found.add(row.value)
        elif row.verb == "redo":
            found.discard(row.value)
    return found


def fold(rows: Sequence[Row[Any]]) -> Said:
    """Return the values that the edits, in their order, give."""
    taken_back = undone(rows)
    fields: dict[str, Any] = {}
    deleted = False
    for row in rows:
        if row.id in taken_back:
            continue
        if row.verb == "set":
            fields[row.field] = row.value
        elif row.verb in ("delete", "restore"):
            deleted = row.verb == "delete"
        elif row.verb == CORRECT and row.value.get("sport") is not None:
            fields |= {"sport": row.value["sport"], "sub_sport": None}
    corrections = [(row.field, row.value) for row in rows if row.verb == CORRECT and row.id not in taken_back]
    return Said(fields, deleted, max((row.id for row in rows), default=None), tuple(corrections))


def chosen_of(said: Said) -> dict[str, str]:
    """Return which recording, by key, a person wants to be believed: by field or channel, `*` for all."""
    chosen = {name.removeprefix(PREFER): key for name, key in said.fields.items() if name.startswith(PREFER)}
    return {name: key for name, key in chosen.items() if key is not None}


def refused_of(said: Said) -> list[str]:
    """Return the quantities that a person refuses as records."""
    return [name.removeprefix(REFUSED) for name, value in said.fields.items() if name.startswith(REFUSED) and value]


def said_of_pairs(reader: Reader, athlete_id: int) -> dict[frozenset[str], bool]:
    """Return the pairs of recordings, by key, that a person has answered: one workout, or not.

    The newest word holds. An edit names those that its subject is joined to or parted from, and in pairs of keys the
    earlier answers that no longer hold.
    """
    mine = (edits.c.athlete_id == athlete_id) & edits.c.verb.in_((JOIN, PART))
    rows = reader.rows(select(edits).where(mine))
    if not rows:
        return {}
    taken_back = undone(edit_rows(reader, athlete_id, sorted({row.subject for row in rows})))
    said: dict[frozenset[str], bool] = {}
    for row in sorted((row for row in rows if row.id not in taken_back), key=lambda row: (row.at_ms, row.id)):
        for other in row.value:
            if isinstance(other, str):
                said[frozenset((row.subject, other))] = row.verb == JOIN
            else:
                said.pop(frozenset(other), None)
    return said


def starts_of(reader: Reader, athlete_id: int) -> dict[str, int]:
    """Return when recordings, by key, began as a person last set it (ms UTC); only those with a date of a person's."""
    mine = (edits.c.athlete_id == athlete_id) & (edits.c.verb == "set") & (edits.c.field == START)
    rows = reader.rows(select(edits).where(mine))
    if not rows:
        return {}
    turned = (edits.c.athlete_id == athlete_id) & edits.c.verb.in_(("undo", "redo"))
    turns = sorted(reader.rows(select(edits).where(turned)), key=lambda row: (row.at_ms, row.id))
    taken_back = undone(turns)
    starts: dict[str, int | None] = {}
    for row in sorted((row for row in rows if row.id not in taken_back), key=lambda row: (row.at_ms, row.id)):
        starts |= row.value["recordings"]
    return {key: at_ms for key, at_ms in starts.items() if at_ms is not None}


def preferred_sources(reader: Reader, athlete_id: int) -> tuple[str, ...]:
    """Return the sources in the athlete's order of preference; empty without one."""
    return tuple(fold(edit_rows(reader, athlete_id, [OF_ALL])).fields.get("source_order") or ())

"""What people change: each change is an original of its own, kept in order and undone at will."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select, update

from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.derive.activities import forget, refresh
from homestretch.flow.derive.matching import TOGETHER, joined_keys, portions
from homestretch.flow.derive.measure.measures import redate
from homestretch.flow.derive.starts import put_starts, start_value
from homestretch.flow.photos.files import forget_copies
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import lease
from homestretch.model.editable import EDITABLE, START, TAGS, Editable, clean_tag
from homestretch.model.refusals import QUANTITIES
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.corrected import activity_and_primary
from homestretch.store.queries.edits import REFUSED, edit_rows, undone
from homestretch.store.queries.gear import NONE, find_gear
from homestretch.store.queries.identities import recording_key, resolve_key
from homestretch.store.queries.photos import family_of, take_photos
from homestretch.store.queries.splits import is_split
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.kept import arrivals, edits, identities, originals, tombstones
from homestretch.vendors.sport_names import must_be_sport

WAIT_S = 10.0


def change(context: Context, scope: Scope, activity_id: int, fields: Mapping[str, object]) -> None:
    """Set fields of an activity (None: no value of its own). Raises BadRequest, NotFound (gear)."""
    change_each(context, scope, {activity_id: fields})


def change_each(context: Context, scope: Scope, wanted: Mapping[int, Mapping[str, object]]) -> None:
    """Set fields of activities, each its own, all or none. Raises BadRequest, NotFound."""
    scope.must("activities: edit")
    each = {one: {name: checked(name, value) for name, value in fields.items()} for one, fields in wanted.items()}
    with context.database.write() as session:
        subjects: list[str] = []
        moved: list[str] = []
        for activity_id, fields in each.items():
            subject = subject_of(session, scope, activity_id)
            subjects.append(subject)
            if fields.get("gear") not in (None, NONE):
                find_gear(session, scope, fields["gear"])
            for name, value in fields.items():
                if name == START:
                    value = start_value(session, activity_id, value, context.clock())  # noqa: PLW2901
                    moved += value["recordings"]
                record_edit(session, context, scope, subject, "set", name, value)
        refresh_subjects(session, scope, subjects, moved)


def refuse(context: Context, scope: Scope, activity_id: int, quantity: str, *, refused: bool = True) -> None:
    """Refuse a quantity of an activity, of `QUANTITIES`, as a record, or accept it again.

    Raises BadRequest, NotFound.
    """
    if quantity not in QUANTITIES:
        raise BadRequest(reason=f"{quantity} has no records. Use one of {', '.join(QUANTITIES)}.")
    change(context, scope, activity_id, {REFUSED + quantity: refused})


def remove(context: Context, scope: Scope, activity_id: int) -> None:
    """Delete an activity, also when its recordings come again; `restore` undoes it."""
    _verb(context, scope, activity_id, "delete")


def restore(context: Context, scope: Scope, activity_id: int) -> None:
    """Show a deleted activity again."""
    _verb(context, scope, activity_id, "restore")


def undo_last(context: Context, scope: Scope, activity_id: int) -> None:
    """Undo the last edit of an activity that still holds. Raises Conflict without one."""
    with context.database.read() as reader:
        subjects = _subjects(reader, scope, activity_id)
        rows = edit_rows(reader, scope.athlete_id, subjects)
    taken_back = undone(rows)
    held = [row.id for row in rows if row.verb not in ("undo", "redo") and row.id not in taken_back]
    if not held:
        raise Conflict(reason="There is nothing to undo.")
    set_undone(context, scope, held[-1], "undo")


def set_undone(context: Context, scope: Scope, edit_id: int, verb: str) -> int:
    """Take one edit back (`undo`) or bring it again (`redo`); return the identity of what it is about."""
    (identity,) = turn_all(context, scope, [edit_id], verb)
    return identity


def turn_all(context: Context, scope: Scope, edit_ids: Sequence[int], verb: str) -> list[int]:
    """Take edits back or bring them again, all or none; return the identities of what they are about.

    Raises NotFound.
    """
    scope.must("activities: edit")
    found: dict[str, int] = {}
    moved: list[str] = []
    with context.database.write() as session:
        for edit_id in edit_ids:
            mine = (edits.c.id == edit_id) & (edits.c.athlete_id == scope.athlete_id)
            row = session.row(select(edits).where(mine, edits.c.verb.not_in(("undo", "redo"))))
            if row is None:
                raise NotFound(what="edit", id=edit_id)
            record_edit(session, context, scope, row.subject, verb, None, edit_id)
            identity, key = resolve_key(session, scope.athlete_id, row.subject)
            found[key] = identity
            moved += row.value["recordings"] if row.field == START else ()
        refresh_subjects(session, scope, found, moved)
    return list(found.values())


def remove_for_good(context: Context, scope: Scope, activity_id: int) -> None:
    """Delete an activity's originals, bytes and all; a tombstone keeps them from coming again."""
    scope.must("activities: purge")
    with lease(context, f"derive:{scope.athlete_id}", wait_s=WAIT_S):
        with context.database.write() as session:
            members = recordings.c.activity_id.in_(_with_legs(activity_id))
            digests = sorted({row.digest for row in session.rows(select(recordings.c.digest).where(members))})
            if is_split(session, activity_id):
                raise Conflict(reason="It was split, and its file contains the other part too. Join them again.")
            if not digests:
                raise NotFound(what="activity", id=activity_id)
            _must_hold_nothing_else(session, scope, activity_id, digests)
            photos = _take_photos(session, scope, activity_id)
            digests = sorted({*digests, *photos})
            forget(session, scope.athlete_id, digests)
            now = context.clock()
            stone = {"athlete_id": scope.athlete_id, "at_ms": now, "account_id": scope.account_id}
            session.insert_new(tombstones, [{**stone, "digest": digest} for digest in digests])
            mine = (arrivals.c.athlete_id == scope.athlete_id) & arrivals.c.digest.in_(digests)
            session.run(update(arrivals).where(mine).values(purged_ms=now))
            gone = unwanted(session, digests)
        for digest in gone:
            context.archive.remove(digest)
        for digest in set(gone) & set(photos):
            forget_copies(context.settings, digest)


def _take_photos(session: Writer, scope: Scope, activity_id: int) -> list[str]:
    """Delete the photos of an activity, and return their originals."""
    row = activity_and_primary(session, activity_id)[0]
    return [] if row is None else take_photos(session, scope.athlete_id, family_of(session, row).keys)


def _must_hold_nothing_else(reader: Reader, scope: Scope, activity_id: int, digests: Sequence[str]) -> None:
    """Raise Conflict where an original, such as a list, holds other activities too: they would go with it."""
    mine = (recordings.c.athlete_id == scope.athlete_id) & recordings.c.digest.in_(digests)
    own = select(activities.c.parent_id).where(activities.c.id == activity_id).scalar_subquery()
    family = _with_legs(activity_id).union(select(activities.c.id).where(activities.c.parent_id == own))
    if reader.scalar(select(recordings.c.id).where(mine, recordings.c.activity_id.not_in(family)).limit(1)):
        raise Conflict(reason="Its original file contains other activities too. Delete it without “for good”.")


def unwanted(reader: Reader, digests: Sequence[str]) -> list[str]:
    """Return those of the originals that no athlete has any more."""
    kept = select(arrivals.c.digest).where(arrivals.c.purged_ms.is_(None), arrivals.c.digest.in_(digests))
    query = select(originals.c.digest).where(originals.c.digest.in_(digests), originals.c.digest.not_in(kept))
    return [row.digest for row in reader.rows(query)]


def _verb(context: Context, scope: Scope, activity_id: int, verb: str) -> None:
    scope.must("activities: edit")
    with context.database.write() as session:
        subject = subject_of(session, scope, activity_id)
        record_edit(session, context, scope, subject, verb, None, None)
        refresh_subjects(session, scope, [subject])


def record_edit(
    session: Writer, context: Context, scope: Scope, subject: str, verb: str, field: str | None, value: Any
) -> int:
    """Write a person's edit of a recording, named by its key; return the number of that edit."""
    row = {"athlete_id": scope.athlete_id, "account_id": scope.account_id, "at_ms": context.clock()}
    return session.add(insert(edits), {**row, "subject": subject, "verb": verb, "field": field, "value": value})


def subject_of(session: Reader, scope: Scope, activity_id: int) -> str:
    """Return the recording key that edits of an activity name: that of its first-minted member."""
    mine = (identities.c.id == activity_id) & (identities.c.athlete_id == scope.athlete_id)
    key = session.scalar(select(identities.c.key).where(mine))
    if key is None:
        raise NotFound(what="activity", id=activity_id)
    return str(key)


def _subjects(reader: Any, scope: Scope, activity_id: int) -> list[str]:
    keys = select(recordings.c.key).where(recordings.c.activity_id == activity_id)
    return [row.key for row in reader.rows(keys)] or [subject_of(reader, scope, activity_id)]


def refresh_subjects(session: Writer, scope: Scope, subjects: Collection[str], moved: Collection[str] = ()) -> None:
    """Bring the activities of the subjects of edits up to date, and those of recordings that `moved` in time."""
    mine, keys, digests = recordings.c.athlete_id == scope.athlete_id, set(moved), set()
    for subject in subjects:
        digest, _, rest = subject.rpartition(":")
        if rest.startswith("m"):
            digests.add(digest)
        else:
            keys.update(joined_keys(subject) if subject.startswith(TOGETHER) else [_recording(session, scope, subject)])
    if moved:
        put_starts(session, scope.athlete_id, list(moved))
    ids: dict[int, None] = {}
    for column, wanted in ((recordings.c.key, keys), (recordings.c.digest, digests)):
        for part in portions(sorted(wanted)):
            query = select(recordings.c.id).where(mine, column.in_(part))
            ids |= dict.fromkeys(row.id for row in session.rows(query))
    rows = refresh(session, scope.athlete_id, list(ids))
    if moved:
        redate(session, rows)


def _recording(reader: Reader, scope: Scope, subject: str) -> str:
    """Return the recording, by key, whose activity edits of a subject change: of a part that which was split."""
    key = recording_key(subject)
    return subject if key == subject else resolve_key(reader, scope.athlete_id, key)[1]


def _with_legs(activity_id: int) -> Any:
    table = activities.c
    return select(table.id).where((table.id == activity_id) | (table.parent_id == activity_id))


def checked(name: str, value: Any) -> Any:
    """Return the value of a field as it is kept. Raises BadRequest for what the field does not take."""
    if name.startswith(REFUSED):
        return value  # of a quantity: see `refuse`
    if name not in EDITABLE:
        raise BadRequest(reason=f"{name} can't be changed. Use one of {', '.join(EDITABLE)}.")
    if name == "sport" and not value:
        raise BadRequest(reason="An activity needs a sport. Use generic if none fits.")
    if not (value is None and EDITABLE[name].kind != "yes_no") and not _is_valid(EDITABLE[name], value):
        raise BadRequest(reason=f"{name} {_limits(EDITABLE[name])}.")
    if name == "sub_sport" and value is not None and not value.replace("_", "").isalnum():
        raise BadRequest(reason=f"{value} is not a known sub-sport.")
    if name == "sport":
        must_be_sport(str(value))
    return sorted({clean_tag(tag) for tag in value}) if name == TAGS and value is not None else value


def _is_valid(field: Editable, value: Any) -> bool:
    """Return whether a field takes a value; what a start means depends on the activity's clock: see `start_value`."""
    if field.kind == "yes_no":
        return isinstance(value, bool)
    if field.kind in ("number", "whole"):
        number = isinstance(value, int | float) and not isinstance(value, bool) and field.least <= value <= field.most
        return number and (field.kind == "number" or value == int(value))
    if field.kind == "tags":
        return isinstance(value, Sequence) and not isinstance(value, str) and _are_tags(field, value)
    if field.kind == "choice":
        return value in field.choices
    return field.kind == "time" or (isinstance(value, str) and len(value) <= field.longest)


def _are_tags(field: Editable, value: Sequence[Any]) -> bool:
    """Return whether these are tags; a comma separates tags where they are written in a row."""
    if not all(isinstance(tag, str) for tag in value) or len(value) > field.most:
        return False
    return all("," not in tag and 0 < len(clean_tag(tag)) <= field.longest for tag in value)


def _limits(field: Editable) -> str:
    if field.kind == "yes_no":
        return "must be true or false"
    if field.kind in ("number", "whole"):
        return f"must be a number from {field.least} to {field.most}"
    if field.kind == "tags":
        return f"must be at most {field.most} texts of 1 to {field.longest} characters without a comma"
    if field.kind == "choice":
        return f"must be one of {', '.join(field.choices)}"
    return f"can have at most {field.longest} characters"

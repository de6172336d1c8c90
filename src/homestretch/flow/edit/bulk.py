"""Edits of many activities at once: all or none, each an edit of its own that can be undone."""

from collections.abc import Mapping, Sequence
from itertools import batched
from typing import Any

from homestretch.errors import BadRequest, NotFound
from homestretch.flow.edit.edits import checked, record_edit, refresh_subjects
from homestretch.flow.runtime.context import Context
from homestretch.model.editable import EDITABLE, TAGS
from homestretch.store.database import Reader
from homestretch.store.queries.gear import NONE, find_gear
from homestretch.store.queries.tags import keys_and_tags
from homestretch.store.scope import Scope

#: So many are changed by one act: it holds the store while it runs.
MOST = 5000
PORTION = 500
#: Fields that many may share; others are of one activity.
SHARED = frozenset({"sport", "sub_sport", "gear", "hidden", "workout_type"})

type Edit = tuple[str, str, str | None, Any]


def change_many(
    context: Context,
    scope: Scope,
    ids: Sequence[int],
    fields: Mapping[str, Any],
    add_tags: Sequence[str] = (),
    remove_tags: Sequence[str] = (),
) -> list[int]:
    """Set fields of activities, of SHARED, and add and remove tags; return the edits. Raises BadRequest, NotFound."""
    scope.must("activities: edit")
    unfit = fields.keys() - SHARED
    if unfit:
        raise BadRequest(reason=f"{min(unfit)} can only be set for one activity at a time.")
    fields = {name: checked(name, value) for name, value in fields.items()}
    add, drop = (set(checked(TAGS, list(tags))) for tags in (add_tags, remove_tags))
    with context.database.write() as session:
        if fields.get("gear") not in (None, NONE):
            find_gear(session, scope, fields["gear"])
        said: list[Edit] = []
        for subject, tags in _subjects(session, scope, ids):
            said += [(subject, "set", name, value) for name, value in fields.items()]
            after = sorted((tags - drop) | add)
            if after != sorted(tags):
                _must_fit(after)
                said.append((subject, "set", TAGS, after))
        made = [record_edit(session, context, scope, *edit) for edit in said]
        refresh_subjects(session, scope, {subject for subject, *_ in said})
    return made


def turn_many(context: Context, scope: Scope, ids: Sequence[int], verb: str) -> list[int]:
    """Delete activities (`delete`) or show deleted ones again (`restore`); return the edits. Raises NotFound."""
    scope.must("activities: edit")
    with context.database.write() as session:
        subjects = [subject for subject, _ in _subjects(session, scope, ids)]
        made = [record_edit(session, context, scope, subject, verb, None, None) for subject in subjects]
        refresh_subjects(session, scope, subjects)
    return made


def _subjects(session: Reader, scope: Scope, ids: Sequence[int]) -> list[tuple[str, set[str]]]:
    """Return the recording keys that edits of activities name, and the tags that these have. Raises NotFound."""
    if len(ids) > MOST:
        raise BadRequest(reason=f"At most {MOST:,} activities can be changed at once. Narrow the list and go on.")
    found: dict[int, tuple[str, set[str]]] = {}
    for part in batched(ids, PORTION):
        found |= {row.id: (row.key, set(row.tags)) for row in keys_and_tags(session, scope.athlete_id, part)}
    missing = set(ids) - found.keys()
    if missing:
        raise NotFound(what="activity", id=min(missing))
    return [found[number] for number in dict.fromkeys(ids)]


def _must_fit(tags: Sequence[str]) -> None:
    most = int(EDITABLE[TAGS].most)
    if len(tags) > most:
        raise BadRequest(reason=f"An activity can have at most {most} tags, and one of these would have {len(tags)}.")

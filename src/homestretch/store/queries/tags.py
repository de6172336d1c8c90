"""Keeps which activities have a tag beside the activities themselves, so that they are found by it."""

from collections.abc import Collection, Mapping, Sequence
from itertools import batched
from typing import Any

from sqlalchemy import Row, delete, select

from homestretch.store.database import Reader, Writer
from homestretch.store.tables.derived import activities
from homestretch.store.tables.derived_activities import activity_tags
from homestretch.store.tables.kept import identities

PORTION = 500


def put_tags(session: Writer, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write down the tags of activities, rows as their table has them, instead of those that they had."""
    forget_tags(session, [row["id"] for row in rows])
    tagged = [
        {"athlete_id": row["athlete_id"], "tag": tag, "activity_id": row["id"]} for row in rows for tag in row["tags"]
    ]
    session.insert_new(activity_tags, tagged)


def forget_tags(session: Writer, activity_ids: Collection[int]) -> None:
    """Drop the tags of activities that are no more."""
    for part in batched(sorted(activity_ids), PORTION):
        session.run(delete(activity_tags).where(activity_tags.c.activity_id.in_(part)))


def keys_and_tags(reader: Reader, athlete_id: int, activity_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Return the `id` of activities, the recording `key` that their edits name, and their `tags`."""
    query = select(identities.c.id, identities.c.key, activities.c.tags)
    query = query.join(activities, activities.c.id == identities.c.id)
    return reader.rows(query.where(identities.c.athlete_id == athlete_id, identities.c.id.in_(activity_ids)))

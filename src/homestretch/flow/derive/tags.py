"""Keeps which activities have a tag beside the activities themselves, so that they are found by it."""

from collections.abc import Collection, Sequence
from itertools import batched
from typing import Any

from sqlalchemy import delete

from homestretch.store.database import Writer
from homestretch.store.tables.derived import activity_tags

PORTION = 500


def put_tags(session: Writer, rows: Sequence[dict[str, Any]]) -> None:
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

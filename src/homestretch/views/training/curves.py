"""Mean-max curves over many activities: the best of each duration, and which activity it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from homestretch.analysis.measure.curve import Envelope, envelope, unpack
from homestretch.store.database import Reader
from homestretch.store.queries.refusals import not_refused
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, curves
from homestretch.views.kit.privacy import privacy_mask
from homestretch.views.kit.redacted import redacted
from homestretch.views.kit.statistics_scope import counting


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The best of many curves, and the public ids, names and days (ISO, local) of the activities by their number."""

    curve: Envelope
    sources: Sequence[tuple[str, str, int]]


def best_curve(
    reader: Reader, scope: Scope, kind: str, family: str | None, since: date | None = None, until: date | None = None
) -> Best:
    """Return the best that was held over each duration between two local days, by one sport family.

    Nothing is of an activity whose efforts of the kind a person refuses.
    """
    query = (
        select(activities.c.public_id, activities.c.name, activities.c.local_ms, curves.c.blob)
        .join(curves, (curves.c.athlete_id == activities.c.athlete_id) & (curves.c.activity_id == activities.c.id))
        .where(curves.c.kind == kind, not_refused(kind), *counting(reader, scope, since, until, family))
        .order_by(activities.c.start_ms, activities.c.id)
    )
    rows = reader.rows(query)
    points = [unpack(row.blob)[:2] for row in rows]
    return Best(envelope(points), [(row.public_id, row.name, row.local_ms) for row in rows])


def activity_curve(reader: Reader, scope: Scope, activity: Row[Any], kind: str) -> Envelope | None:
    """Return the curve of one activity, or of its visible part; None where it has none of the kind."""
    mine = (curves.c.athlete_id == activity.athlete_id) & (curves.c.activity_id == activity.id)
    rest = redacted(reader, activity, privacy_mask(reader, scope))
    blob = (
        reader.scalar(select(curves.c.blob).where(mine, curves.c.kind == kind))
        if rest is None
        else rest.measured().curves.get(kind)
    )
    return None if blob is None else envelope([unpack(blob)[:2]])

"""Reads what is given to language models besides what lists show: loads, their reasons, originals, sums of days."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from homestretch.model.sport import TRANSITION
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, measures, metrics, recordings
from homestretch.store.tables.kept import athletes

SUMMED = ("moving_s", "distance_m", "ascent_m")


class ActivityKey(NamedTuple):
    """An activity by its numbers: its own, its public id, and the original of its main recording."""

    id: int
    public_id: str
    digest: str | None


def activity_keys(reader: Reader, scope: Scope, public_ids: Collection[str]) -> list[ActivityKey]:
    """Return the athlete's activities of these ids."""
    query = (
        select(activities.c.id, activities.c.public_id, recordings.c.digest)
        .outerjoin(recordings, recordings.c.id == activities.c.primary_id)
        .where(activities.c.athlete_id == scope.athlete_id, activities.c.public_id.in_(public_ids))
    )
    return [ActivityKey(row.id, row.public_id, row.digest) for row in reader.rows(query)]


def metric_values(reader: Reader, scope: Scope, metric: int, ids: Collection[int]) -> dict[int, float]:
    """Return the values of a metric (by its number) of activities that have one."""
    mine = (metrics.c.athlete_id == scope.athlete_id) & (metrics.c.metric == metric)
    query = select(metrics.c.activity_id, metrics.c.value).where(mine, metrics.c.activity_id.in_(ids))
    return {row.activity_id: row.value for row in reader.rows(query)}


def metric_reasons(reader: Reader, metric: str, ids: Collection[int]) -> dict[int, str]:
    """Return why activities lack a metric (by its key), where that is known."""
    query = select(measures.c.activity_id, measures.c.reasons).where(measures.c.activity_id.in_(ids))
    return {row.activity_id: row.reasons[metric] for row in reader.rows(query) if metric in row.reasons}


def sums_by_sport(reader: Reader, wanted: Sequence[ColumnElement[bool]]) -> Mapping[str, Mapping[str, float]]:
    """Return the count and sums, in s and m, of activities that fit some conditions, by sport."""
    columns = [activities.c[key] for key in SUMMED]
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in reader.rows(select(activities.c.sport, *columns).where(*wanted, activities.c.sport != TRANSITION)):
        of = found[row.sport]
        of["count"] += 1
        for key in SUMMED:
            of[key] += getattr(row, key) or 0.0
    return found


def athlete_name(reader: Reader, scope: Scope) -> str | None:
    """Return the athlete's name."""
    name: str | None = reader.scalar(select(athletes.c.name).where(athletes.c.id == scope.athlete_id))
    return name

"""Reads the sessions of days, with some of their metrics, for questions about health."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, select

from homestretch.model.health.session import Session
from homestretch.model.moment import DAY_MS, day_of
from homestretch.store.database import Reader
from homestretch.store.tables.derived import activities, metrics, route_members

_NAN = float("nan")
_COLUMNS = (
    "id", "local_ms", "sport", "sub_sport", "indoor", "gear_id", "elapsed_s", "moving_s", "avg_hr_bpm",
    "avg_temperature_c", "rpe",
)  # fmt: skip


def read_sessions(reader: Reader, where: Sequence[ColumnElement[bool]], numbers: Mapping[int, str]) -> list[Session]:
    """Return the sessions that meet the conditions, in order of time, with the metrics of these numbers by key."""
    values = _values(reader, where, numbers)
    query = (
        select(*(activities.c[name] for name in _COLUMNS), route_members.c.route_id)
        .outerjoin(route_members, route_members.c.activity_id == activities.c.id)
        .where(*where)
        .order_by(activities.c.local_ms, activities.c.id)
    )
    return [
        Session(
            day=day_of(row.local_ms),
            end_s=row.local_ms % DAY_MS / 1000.0 + (row.elapsed_s or 0.0),
            length_s=row.moving_s or row.elapsed_s or 0.0,
            sport=row.sport,
            sub_sport=row.sub_sport,
            indoor=row.indoor,
            gear=row.gear_id,
            route=row.route_id,
            heart_rate_bpm=_NAN if row.avg_hr_bpm is None else row.avg_hr_bpm,
            temperature_c=_NAN if row.avg_temperature_c is None else row.avg_temperature_c,
            rpe=_NAN if row.rpe is None else row.rpe,
            metrics=values.get(row.id, {}),
        )
        for row in reader.rows(query)
    ]


def _values(
    reader: Reader, where: Sequence[ColumnElement[bool]], numbers: Mapping[int, str]
) -> dict[int, dict[str, float]]:
    query = (
        select(metrics.c.activity_id, metrics.c.metric, metrics.c.value)
        .join(activities, activities.c.id == metrics.c.activity_id)
        .where(metrics.c.athlete_id == activities.c.athlete_id, metrics.c.metric.in_(numbers), *where)
    )
    values: dict[int, dict[str, float]] = {}
    for row in reader.rows(query):
        values.setdefault(row.activity_id, {})[numbers[row.metric]] = row.value
    return values

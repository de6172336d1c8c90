"""Figures of each day's sessions that questions about health ask for: how the easy ones went, when the last ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Row, select

from homestretch.analysis.health.nights import DAY_S, Nights
from homestretch.model.channel import Floats
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, route_members
from homestretch.views.health.read import Stretch
from homestretch.views.kit.statistics_scope import counting, family_of, metric_rows, ordinal

#: Below this intensity a session is easy; at 0.85 tempo begins (Allen, Coggan: Training and Racing with a Power Meter).
EASY = 0.85
#: The metrics of intensity, of decoupling and of efficiency, by family of sport.
METRICS: Mapping[str, tuple[str, str, str]] = {
    "ride": ("intensity", "decoupling", "efficiency"), "run": ("run_intensity", "run_decoupling", "run_efficiency"),
}  # fmt: skip
_COLUMNS = (
    "id", "local_ms", "sport", "sub_sport", "indoor", "elapsed_s", "moving_s", "avg_hr_bpm", "avg_temperature_c", "rpe",
    "gear_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Easy:
    """An easy session: the index of its day, what makes it similar to others, and its figures, NaN for unknown.

    `efficiency` is what comes of a heartbeat, in W or m/min.
    """

    day: int
    similar: tuple[object, ...]
    decoupling_pct: float
    efficiency: float
    heart_rate_bpm: float
    temperature_c: float
    rpe: float


def sessions_of(reader: Reader, scope: Scope, stretch: Stretch, nights: Nights) -> dict[str, Floats]:
    """Return the figures of each day's key session, its longest, and when its last one ended, (n,) by name."""
    columns = [activities.c[name] for name in _COLUMNS]
    where = counting(reader, scope, stretch.since, stretch.until)
    rows = reader.rows(select(*columns, route_members.c.route_id)
                       .outerjoin(route_members, route_members.c.activity_id == activities.c.id)
                       .where(*where).order_by(activities.c.local_ms, activities.c.id))  # fmt: skip
    by_day: dict[int, list[Row[Any]]] = {}
    for row in rows:
        by_day.setdefault(ordinal(row.local_ms) - stretch.since.toordinal(), []).append(row)
    values = {key: _values(reader, scope, key, stretch) for names in METRICS.values() for key in names}
    easy = [one for day, of in by_day.items() if (one := _easy(day, max(of, key=_length), values)) is not None]
    return _figures(easy, stretch.count) | {"hours_before_sleep": _hours_before_sleep(by_day, stretch.since, nights)}


def _length(row: Row[Any]) -> float:
    return float(row.moving_s or row.elapsed_s or 0.0)


def _values(reader: Reader, scope: Scope, metric: str, stretch: Stretch) -> dict[int, float]:
    rows = metric_rows(reader, scope, metric, activities.c.id, since=stretch.since, until=stretch.until)
    return {row.id: float(row.value) for row in rows}


def _easy(day: int, row: Row[Any], values: Mapping[str, Mapping[int, float]]) -> Easy | None:
    """Return a session as an easy one; None for a hard one, or one of which nobody knows how hard it was."""
    if family_of(row.sport) not in METRICS:
        return None
    intensity, decoupling, efficiency = (values[key].get(row.id, float("nan")) for key in METRICS[family_of(row.sport)])
    place = ("indoor",) if row.indoor and row.route_id is None else (row.route_id,)
    if not intensity < EASY or place == (None,):
        return None
    return Easy(
        day=day,
        similar=(row.sport, row.sub_sport, row.gear_id, *place),
        decoupling_pct=decoupling,
        efficiency=efficiency,
        heart_rate_bpm=_known(row.avg_hr_bpm),
        temperature_c=_known(row.avg_temperature_c),
        rpe=_known(row.rpe),
    )


def _known(value: float | None) -> float:
    return float("nan") if value is None else value


def _figures(easy: Sequence[Easy], count: int) -> dict[str, Floats]:
    """Return the figures of easy sessions by name, (n,), NaN on days without one."""
    numbers = {similar: number for number, similar in enumerate(dict.fromkeys(one.similar for one in easy))}
    usual = {similar: _usual_output([one for one in easy if one.similar == similar]) for similar in numbers}
    names = ("similar", "decoupling_pct", "steady_heart_rate_bpm", "rpe", "temperature_c")
    table = {name: np.full(count, np.nan) for name in names}
    for one in easy:
        figures = (numbers[one.similar], one.decoupling_pct, usual[one.similar] / one.efficiency, one.rpe,
                   one.temperature_c)  # fmt: skip
        for name, figure in zip(names, figures, strict=True):
            table[name][one.day] = figure
    return table


def _usual_output(similar: Sequence[Easy]) -> float:
    """Return the median power or speed of similar sessions; the heart rate at it is what is compared."""
    outputs = [one.efficiency * one.heart_rate_bpm for one in similar]
    known = [output for output in outputs if np.isfinite(output)]
    return float(np.median(known)) if known else float("nan")


def _hours_before_sleep(by_day: Mapping[int, Sequence[Row[Any]]], first: date, nights: Nights) -> Floats:
    """Return how long before the night that follows the last session of each day ended, in hours."""
    hours = np.full(nights.count, np.nan)
    midnight = (first.toordinal() - date(1970, 1, 1).toordinal()) * DAY_S
    for day, rows in by_day.items():
        if day + 1 < nights.count:
            end_s = max(row.local_ms / 1000.0 + (row.elapsed_s or 0.0) for row in rows) - midnight - day * DAY_S
            hours[day] = (DAY_S + nights.start_s[day + 1] - end_s) / 3600.0
    return hours

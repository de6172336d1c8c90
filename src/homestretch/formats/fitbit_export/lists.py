"""The JSON lists of `Global Export Data`: American dates on the clock of the wall, values in quotes."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from homestretch.formats._points import american_ms, series, spans
from homestretch.formats.fitbit_export.sleeps import nights
from homestretch.model.health.measurement import Series, Spans, Wellness
from homestretch.model.moment import day_of
from homestretch.vendors.wellness_builder import WellnessBuilder

#: What `steps-2026-05-01.json` is called; older exports have it in a folder `steps`.
_NAMED = re.compile(r"(?:^|/)([a-z][a-z0-9_]*)-\d{4}-\d\d-\d\d\.json(?:/|$)")
_POUND_KG = 0.45359237
#: A floor is written as the 10 feet that it is high.
_FLOOR_FEET = 10
_ZONES = {
    "BELOW_DEFAULT_ZONE_1": "heart_rate_zone_light_s", "IN_DEFAULT_ZONE_1": "heart_rate_zone_moderate_s",
    "IN_DEFAULT_ZONE_2": "heart_rate_zone_vigorous_s", "IN_DEFAULT_ZONE_3": "heart_rate_zone_peak_s",
}  # fmt: skip


class _Found:
    """What a list was found to say: single values, and what lies along time."""

    def __init__(self) -> None:
        self.builder = WellnessBuilder()
        self.series: list[Series] = []
        self.spans: list[Spans] = []

    def at(self, row: Mapping[str, object], name: str = "dateTime") -> int | None:
        """Return when a row was, ms on the clock of the wall."""
        ms = american_ms(row.get(name))
        if ms is None:
            self.builder.note(f"unexpected:{name}")
        return ms

    def points(self, rows: Sequence[Mapping[str, object]], scale: float = 1.0) -> list[tuple[int, float]]:
        """Return the rows that have a time and a number."""
        found = ((self.at(row), self.builder.number(row.get("value"), "value")) for row in rows)
        return [(at, value * scale) for at, value in found if at is not None and value is not None]


type Rows = Sequence[Mapping[str, object]]


def _counts(kind: str, scale: float, found: _Found, rows: Rows) -> None:
    found.spans += spans(kind, found.points(rows, scale))


def _sums(kind: str, found: _Found, rows: Rows) -> None:
    """Add what was counted each minute up to days."""
    days: dict[str, float] = {}
    for at, value in found.points(rows):
        days[day_of(at)] = days.get(day_of(at), 0.0) + value
    for day, total in days.items():
        found.builder.measure(kind, day, round(total, 3) or None)


def _daily(kind: str, scale: float, found: _Found, rows: Rows) -> None:
    for at, value in found.points(rows, scale):
        found.builder.measure(kind, day_of(at), value)


def _heart(found: _Found, rows: Rows) -> None:
    """Read heart rates; of one without any confidence the device itself is not sure."""
    points = []
    for row in rows:
        value = found.builder.mapping(row.get("value"), "value")
        rate, at = found.builder.measured("heart_rate_bpm", value.get("bpm"), "bpm"), found.at(row)
        if at is not None and rate is not None and value.get("confidence") != 0:
            points.append((at, rate))
    found.series += series("heart_rate_bpm", points)


def _named_value(kinds: Mapping[str, str], found: _Found, rows: Rows) -> None:
    """Read values of days that lie under a name; 0 is none."""
    for row in rows:
        value = found.builder.mapping(row.get("value"), "value")
        for name, kind in kinds.items():
            number = found.builder.measured(kind, value.get(name), name)
            at = found.at(row) if number is not None else None
            if at is not None:
                found.builder.measure(kind, day_of(at), number)


def _zones(found: _Found, rows: Rows) -> None:
    for row in rows:
        zones = found.builder.mapping(found.builder.mapping(row.get("value"), "value").get("valuesInZones"), "zones")
        at = found.at(row)
        for name, kind in _ZONES.items():
            minutes = found.builder.number(zones.get(name), name)
            if at is not None and minutes is not None:
                found.builder.measure(kind, day_of(at), minutes * 60)


def _weights(found: _Found, rows: Rows) -> None:
    """Read weighings, in pounds whatever the athlete's own unit is."""
    table = (("weight", "weight_kg", _POUND_KG), ("bmi", "bmi", 1.0), ("fat", "body_fat_pct", 1.0))
    for row in rows:
        at = american_ms(f"{row.get('date')} {row.get('time')}")
        if at is None:
            found.builder.note("unexpected:date")
        else:
            found.builder.fields(row, day_of(at), table, at)


def _sleeps(found: _Found, rows: Rows) -> None:
    for night in nights(found.builder, rows):
        found.builder.night(night)


#: What reads a list, by its name. Distances are left out: no list says in which unit they are.
_LISTS: Mapping[str, Callable[[_Found, Rows], None]] = {
    "steps": partial(_counts, "steps", 1.0),
    "altitude": partial(_counts, "floors_up", 1 / _FLOOR_FEET),
    "calories": partial(_sums, "calories_kcal"),
    "heart_rate": _heart,
    "resting_heart_rate": partial(_named_value, {"value": "resting_heart_rate_bpm"}),
    "sedentary_minutes": partial(_daily, "sedentary_s", 60.0),
    "lightly_active_minutes": partial(_daily, "active_s", 60.0),
    "moderately_active_minutes": partial(_daily, "intensity_moderate_s", 60.0),
    "very_active_minutes": partial(_daily, "intensity_vigorous_s", 60.0),
    "time_in_heart_rate_zones": _zones,
    "demographic_vo2_max": partial(_named_value, {"demographicVO2Max": "vo2max"}),
    "run_vo2_max": partial(_named_value, {"runVO2Max": "vo2max_running"}),
    "weight": _weights,
    "sleep": _sleeps,
}
#: What the first rows of each list hold, whatever it is called.
_MARKS = re.compile(rb'"(?:dateTime|dateOfSleep|logId)"\s*:')


def claims(head: bytes, name: str) -> bool:
    """Return whether a file is such a list, by its name and its first rows."""
    listed = _NAMED.search(name)
    if listed is None or listed[1] not in _LISTS or head.lstrip()[:1] != b"[":
        return False
    return _MARKS.search(head) is not None or head.strip() in (b"[]", b"[ ]")


def read(data: bytes, names: Sequence[str]) -> Wellness | None:
    """Return what a list says, by the first of its names that says what it is of; None for another kind of file."""
    kinds = (listed[1] for name in names if (listed := _NAMED.search(name)) and listed[1] in _LISTS)
    kind = next(kinds, "sleep" if b'"dateOfSleep"' in data[:4096] else None)
    if kind is None:
        return None
    try:
        listed = json.loads(data)
    except (ValueError, RecursionError):
        return None
    found = _Found()
    _LISTS[kind](found, list(found.builder.rows(listed, kind)))
    made = found.builder.wellness()
    return replace(made, series=tuple(found.series), spans=tuple(found.spans), clock="wall")

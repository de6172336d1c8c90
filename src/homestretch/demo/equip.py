"""What the demo athlete has besides files: thresholds, gear, a private place, notes, and segments on its usual ways.

Everything is done as a person does it. Each thing is looked for first, so an interrupted run can continue.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from homestretch.demo.athlete import BIRTH_YEAR, MAX_HR, REST_HR, THRESHOLD_HR, form, weight_kg
from homestretch.demo.calendar import place_on
from homestretch.demo.files import parts_of
from homestretch.demo.health.entries import write_down
from homestretch.demo.places import HOME
from homestretch.flow.accounts.demo_athletes import set_equipped
from homestretch.flow.derive.compute.fused_samples import samples_in
from homestretch.flow.edit import components, gear, private_places, segments, thresholds
from homestretch.flow.edit.edits import change
from homestretch.flow.runtime.context import Context
from homestretch.model.channel import Floats
from homestretch.store.database import Reader
from homestretch.store.queries.demos import Given, declared_paths, done_in_files, given_to, unequipped
from homestretch.store.scope import Scope

#: Thresholds are set again after so many days.
AGAIN_DAYS = 182
ROAD, GRAVEL, WORN, SHOES = "Road bike", "Gravel bike", "Worn running shoes", "Running shoes"
#: What is fitted to what: the component, and after how many km it is due for service.
_COMPONENTS: Mapping[str, Sequence[tuple[str, float]]] = {
    ROAD: (("Chain", 4000.0), ("Tyres", 8000.0)), GRAVEL: (("Chain", 2500.0), ("Brake pads", 4000.0)),
    SHOES: (("Insoles", 1000.0),),
}  # fmt: skip
_OFF_ROAD = ("gravel_ride", "mountain_bike")
#: Segments: the name, the kind of activity, and the stretch in m; None for the 3 km that climb most.
_SEGMENTS: Sequence[tuple[str, str, tuple[float, float] | None]] = (
    ("Road out of town", "road_ride", (300.0, 2300.0)), ("River path", "easy_run", (100.0, 900.0)),
    ("The long climb", "long_ride", None),
)  # fmt: skip
_CLIMB_M = 3000.0
_PLACE_M = 300.0


class Stretch(NamedTuple):
    """A part of an activity: its number, and from when to when, s since its start."""

    activity_id: int
    start_s: float
    end_s: float


def equip(context: Context, batch_id: int) -> None:
    """Give thresholds, gear and a private place to the demo athlete whose import this is; nothing to another one."""
    with context.database.read() as reader:
        row = next((row for row in unequipped(reader) if row.id == batch_id), None)
        days = sorted(parts_of(path).day for path in declared_paths(reader, batch_id))
    if row is None or not days:
        return
    scope = Scope(row.athlete_id, row.account_id)
    given = _given(context, scope)
    _set_thresholds(context, scope, given, days[0], days[-1])
    _add_gear(context, scope, days[0], days[-1])
    if not given.has_place:
        private_places.add(context, scope, "Home", HOME.latitude, HOME.longitude, _PLACE_M)


def unfinished(context: Context) -> list[int]:
    """Return the imports of demo athletes that are all there but for what comes after them."""
    with context.database.read() as reader:
        return [row.id for row in unequipped(reader) if row.state in ("done", "undone")]


def finish_equipping(context: Context, batch_id: int) -> None:
    """Draw the segments, assign the gravel bike to its rides, and write notes and weight of the days down."""
    with context.database.read() as reader:
        row = next((row for row in unequipped(reader) if row.id == batch_id), None)
        files = [parts_of(path) for path in declared_paths(reader, batch_id)]
    if row is None:
        return
    scope = Scope(row.athlete_id, row.account_id)
    _ride_off_road(context, scope)
    _draw_segments(context, scope)
    write_down(context, scope, {file.day for file in files if file.is_day}, max(file.seed for file in files))
    set_equipped(context, scope.athlete_id)


def _given(context: Context, scope: Scope) -> Given:
    with context.database.read() as reader:
        return given_to(reader, scope.athlete_id)


def _set_thresholds(context: Context, scope: Scope, given: Given, first: date, last: date) -> None:
    said: list[tuple[str, float, date, str]] = [
        ("max_hr_bpm", MAX_HR, first, ""),
        ("lthr_bpm", THRESHOLD_HR, first, ""),
        ("resting_hr_bpm", REST_HR, first, ""),
        ("birth_year", BIRTH_YEAR, first, ""),
    ]
    for day in (first + timedelta(days=n) for n in range(0, (last - first).days + 1, AGAIN_DAYS)):
        fit = form(day)
        said += [
            ("ftp_w", float(round(fit.ride_w)), day, "ride"),
            ("weight_kg", weight_kg(day), day, ""),
            ("threshold_speed_mps", round(fit.run_mps, 2), day, "run"),
            ("css_mps", round(fit.swim_mps, 2), day, "swim"),
        ]
    for key, value, day, family in said:
        if (key, day.isoformat()) not in given.thresholds:
            thresholds.state(context, scope, key, value, day, family)


def _add_gear(context: Context, scope: Scope, first: date, last: date) -> None:
    half = first + (last - first) / 2
    _item(context, scope, ROAD, "bike", ["ride"])
    _item(context, scope, GRAVEL, "bike", [])
    gear.change(context, scope, _item(context, scope, WORN, "shoes", ["run"]), {"retired": half})
    _item(context, scope, SHOES, "shoes", ["run"])
    given = _given(context, scope)
    for item, fitted in _COMPONENTS.items():
        since = half if item == SHOES else first
        for name, every_km in fitted:
            if (item, name) not in given.components:
                made = components.fit(context, scope, given.gear[item], name, since, {"every_m": 1000.0 * every_km})
                if name == "Chain":
                    components.service(context, scope, given.gear[item], made, half, "New one")


def _item(context: Context, scope: Scope, name: str, kind: str, families: Sequence[str]) -> str:
    """Return the id of an item of gear, which is added where it is not there."""
    found = _given(context, scope).gear.get(name)
    return found or gear.add(context, scope, {"name": name, "kind": kind, "families": families})


def _ride_off_road(context: Context, scope: Scope) -> None:
    bike = _item(context, scope, GRAVEL, "bike", [])
    with context.database.read() as reader:
        rides = [row for kind in _OFF_ROAD for row in done_in_files(reader, scope.athlete_id, f"-{kind}-")]
    for row in rides:
        if row.gear_set is None:
            change(context, scope, row.id, {"gear": bike})


def _draw_segments(context: Context, scope: Scope) -> None:
    there = _given(context, scope).segments
    with context.database.read() as reader:
        drawn = {name: _stretch(reader, scope, kind, metres) for name, kind, metres in _SEGMENTS if name not in there}
    for name, stretch in drawn.items():
        if stretch is not None:
            segments.draw(context, scope, stretch.activity_id, name, stretch.start_s, stretch.end_s)


def _stretch(reader: Reader, scope: Scope, kind: str, metres: tuple[float, float] | None) -> Stretch | None:
    """Return the stretch, from and until in m, of the newest activity of a kind at home, or None without one."""
    rows = done_in_files(reader, scope.athlete_id, f"-{kind}-")
    row = next((row for row in rows if place_on(parts_of(row.path).day) == HOME.name), None)
    cleaned = None if row is None else samples_in(reader, row)
    if row is None or cleaned is None or cleaned.distance_m is None:
        return None
    known = np.isfinite(cleaned.distance_m)
    gone, seconds = cleaned.distance_m[known], cleaned.axis.t[known] + (cleaned.axis.start_ms - row.start_ms) / 1000.0
    altitude = cleaned.values("altitude_m")
    begin, end = metres or _steepest(gone, gone if altitude is None else altitude[known])
    return Stretch(row.id, float(np.interp(begin, gone, seconds)), float(np.interp(end, gone, seconds)))


def _steepest(gone: Floats, altitude: Floats) -> tuple[float, float]:
    """Return the stretch (from, until, m) of `_CLIMB_M` over which the altitude (n,) at `gone` (n,) m rises most."""
    begins = np.arange(0.0, max(float(gone[-1]) - _CLIMB_M, 1.0), 50.0)
    rise = np.interp(begins + _CLIMB_M, gone, altitude) - np.interp(begins, gone, altitude)
    begin = float(begins[int(np.argmax(rise))])
    return begin, begin + _CLIMB_M

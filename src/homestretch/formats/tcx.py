"""TCX, Garmin's Training Center XML: activities with laps are recordings; courses and workouts are counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from homestretch.formats import Format, RouteFormat
from homestretch.formats._cells import NO_OFFSET, Indices, number, time_of
from homestretch.formats._clock import corrects, point_times
from homestretch.formats._columns import channels
from homestretch.formats._heads import claims_root
from homestretch.formats._routes.tcx import read_courses, write_course
from homestretch.formats._tree import Document, child, children, local, read, text
from homestretch.model.channel import MISSING_64, Floats, Times
from homestretch.model.moment import Moment
from homestretch.model.recording import Decoded, Device, Lap, Pause, Recording
from homestretch.vendors.sport_names import sport_named

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: Elements of a trackpoint by channel; the first that a point has counts.
_CHANNELS = {
    "latitude": ("LatitudeDegrees",),
    "longitude": ("LongitudeDegrees",),
    "altitude_m": ("AltitudeMeters",),
    "distance_m": ("DistanceMeters",),
    "heart_rate_bpm": ("Value",),
    "cadence_rpm": ("Cadence", "RunCadence"),
    "speed_mps": ("Speed",),
    "power_w": ("Watts",),
}
_WANTED = frozenset(name for names in _CHANNELS.values() for name in names) | {"Time"}
#: A lap's totals: key and the elements that hold it, the first that is there counts.
_LAP_TOTALS = {
    "total_timer_time_s": ("TotalTimeSeconds",),
    "total_distance_m": ("DistanceMeters",),
    "total_calories_kcal": ("Calories",),
    "max_speed_mps": ("MaximumSpeed",),
    "avg_speed_mps": ("AvgSpeed",),
    "avg_heart_rate_bpm": ("AverageHeartRateBpm",),
    "max_heart_rate_bpm": ("MaximumHeartRateBpm",),
    "avg_cadence_rpm": ("Cadence", "AvgRunCadence"),
    "max_cadence_rpm": ("MaxBikeCadence", "MaxRunCadence"),
    "avg_power_w": ("AvgWatts",),
    "max_power_w": ("MaxWatts",),
    "total_steps": ("Steps",),
}
#: An activity's Id is its start unless the points begin much earlier or later (some write local time).
_ID_SLACK_MS = 600_000


@dataclass(frozen=True, slots=True, eq=False)
class _File:
    """What all activities of a file share: the document, its points' times and offsets, and their values."""

    document: Document
    times: Times
    offsets: Times
    columns: Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class _Leg:
    """An activity, and which part of the file it belongs to."""

    element: "Element"
    part: int


def decode(data: bytes) -> Decoded:
    """Return a TCX file's recordings: each activity is a part, the legs of a multisport session are one."""
    document = read(data, "Trackpoint", _WANTED)
    if document is None:
        return Decoded(format="tcx", kind="unknown", notes=("xml_damaged",))
    times, offsets, interpolated = point_times(document, "Time")
    columns = {key: document.points.first_of(names) for key, names in _CHANNELS.items()}
    file = _File(document, times, offsets, columns)
    found = (_recording(file, leg) for leg in _legs(document.root))
    read_ = [r for r in found if r is not None]
    recordings = _once(read_)
    numbered = tuple(replace(r, session=session) for session, r in enumerate(recordings))
    contents = _contents(document.root, times)
    kind = "activity" if recordings else next((k for k in ("course", "workout") if contents.get(f"{k}s")), "unknown")
    notes = [*document.notes, *(f"untimed_points:{n}" for n in (contents.get("untimed_points"),) if n)]
    notes += [f"times_interpolated:{interpolated}"] if interpolated else []
    notes += ["recording_twice"] * (len(recordings) < len(read_))
    notes += ["decimal_comma"] * document.points.commas(("LatitudeDegrees", "LongitudeDegrees", "DistanceMeters"))
    return Decoded(format="tcx", kind=kind, recordings=numbered, notes=tuple(notes), contents=contents)


def _legs(root: "Element") -> Iterator[_Leg]:
    """Yield the activities in file order; those of one MultiSportSession share their part."""
    part = -1
    session: Element | None = None
    for element in root.iter():
        if local(element) != "Activity":
            continue
        above = next((e for e in element.iterancestors() if local(e) == "MultiSportSession"), None)
        part += above is None or above is not session
        session = above
        yield _Leg(element, part)


def _once(recordings: list[Recording]) -> list[Recording]:
    """Return the recordings without those that are there twice: of the same sport, start and times."""
    kept: dict[object, Recording] = {}
    for one in recordings:
        kept.setdefault((one.sport, one.start.utc_ms, one.end_ms, one.time_ms.tobytes(), len(one.channels)), one)
    return list(kept.values())


def _recording(file: _File, leg: _Leg) -> Recording | None:
    """Return an activity as a recording; None where nothing in it has a time."""
    element = leg.element
    laps = [_lap(file, lap) for lap in children(element, "Lap")]
    laps.append((None, _tracks(file, element)))  # some write tracks without a lap around them
    tracks = [rows for _, lap_tracks in laps for rows in lap_tracks]
    rows = np.concatenate(tracks) if tracks else np.zeros(0, dtype=np.intp)
    timed = [lap for lap, _ in laps if lap is not None]
    start = _start(file, element, timed, rows)
    if start is None:
        return None
    times = file.times[rows]
    device = _device(child(element, "Creator"))
    return Recording(
        part=leg.part,
        sport=sport_named(element.get("Sport")),
        start=start,
        end_ms=max([start.utc_ms, *(lap.end_ms for lap in timed), *([int(times.max())] if len(times) else [])]),
        time_ms=times,
        channels=channels({key: values[rows] for key, values in file.columns.items()}),
        laps=tuple(timed),
        pauses=tuple(_pauses(file.times, laps)),
        devices=() if device is None else (device,),
        totals=_totals(timed),
        description=text(element, "Notes"),
        file_key=_file_key(element, device),
    )


def _start(file: _File, element: "Element", laps: list[Lap], rows: Indices) -> Moment | None:
    stated = time_of(text(element, "Id"))
    offset = None if stated is None or not stated[1] else stated[1]
    if offset is None and len(rows) and file.offsets[rows[0]] not in {0, NO_OFFSET}:
        offset = int(file.offsets[rows[0]])
    points = [int(file.times[r]) for r in rows[:1]]
    seen = [lap.start_ms for lap in laps[:1]] + points
    witness = next((ms for ms in ([stated[0]] if stated else []) + seen if points and corrects(ms, points[0])), None)
    if witness is not None:
        at = witness
    elif stated is not None and (not seen or abs(stated[0] - min(seen)) <= _ID_SLACK_MS):
        at = min([stated[0], *seen])
    elif seen:
        at = min(seen)
    else:
        return None
    return Moment(at, offset, None, "none" if offset is None else "file")


def _lap(file: _File, element: "Element") -> tuple[Lap | None, list[Indices]]:
    """Return a lap, if it says or shows when it was, and its tracks' points that have a time."""
    tracks = _tracks(file, element)
    times = file.times[np.concatenate(tracks)] if tracks else file.times[:0]
    totals = _lap_totals(element)
    stated = time_of(element.get("StartTime"))
    if stated is None and len(times) == 0:
        return None, tracks
    start = stated[0] if stated is not None else int(times.min())
    end = max(start + round(totals.get("total_timer_time_s", 0.0) * 1000), int(times.max(initial=start)))
    trigger = text(element, "TriggerMethod")
    lap = Lap(
        start_ms=start,
        end_ms=end,
        timer_s=totals.get("total_timer_time_s"),
        distance_m=totals.get("total_distance_m"),
        trigger=trigger.lower() if trigger else None,
        totals=totals,
    )
    return lap, tracks


def _tracks(file: _File, element: "Element") -> list[Indices]:
    """Return the points with a time directly in an element, and in each of its tracks."""
    found = [file.document.points_in(e) for e in (element, *children(element, "Track"))]
    return [rows for rows in (f[file.times[f] != MISSING_64] for f in found) if len(rows)]


def _lap_totals(element: "Element") -> dict[str, float]:
    """Return a lap's own values, also in its extensions; what is not a number above or at zero is left out."""
    texts: dict[str, str] = {}
    for child_ in element:
        name = local(child_)
        if name == "Extensions":
            texts |= {local(e): e.text for e in child_.iter() if e.text and local(e)} | texts
        elif name and name != "Track":
            texts.setdefault(name, text(child_, "Value") or child_.text or "")
    read_ = {key: next((texts[n] for n in names if n in texts), "") for key, names in _LAP_TOTALS.items()}
    values = {key: number(found.encode("ascii", "replace")) for key, found in read_.items()}
    return {key: value for key, value in values.items() if 0.0 <= value < float("inf")}


def _pauses(times: Times, laps: list[tuple[Lap | None, list[Indices]]]) -> Iterator[Pause]:
    """Yield the pauses: between two tracks of one lap the timer stood still."""
    for _, tracks in laps:
        for before, after in pairwise(tracks):
            if times[after[0]] > times[before[-1]]:
                yield Pause(int(times[before[-1]]), int(times[after[0]]))


def _totals(laps: list[Lap]) -> dict[str, float]:
    """Return an activity's totals: sums, maxima, and means by timer time of its laps' values (TCX has no others)."""
    totals: dict[str, float] = {}
    for key in _LAP_TOTALS:
        found = [(lap.totals[key], lap.totals.get("total_timer_time_s", 0.0)) for lap in laps if key in lap.totals]
        if not found:
            continue
        if key.startswith("total"):
            totals[key] = sum(value for value, _ in found)
        elif key.startswith("max"):
            totals[key] = max(value for value, _ in found)
        elif (weight := sum(timer for _, timer in found)) > 0.0:
            totals[key] = sum(value * timer for value, timer in found) / weight
    return totals


def _device(creator: "Element | None") -> Device | None:
    if creator is None or not (text(creator, "Name") or text(creator, "UnitId")):
        return None
    version = child(creator, "Version")
    numbers = [text(version, name) for name in ("VersionMajor", "VersionMinor")]
    serial = text(creator, "UnitId")
    return Device(
        role="recorder",
        product=text(creator, "Name"),
        serial=None if serial in {None, "0", "4294967295"} else serial,
        software=".".join(n for n in numbers if n) or None,
    )


def _file_key(element: "Element", device: Device | None) -> str | None:
    """Return an activity's identity, the same in every export: its Id and the unit that made it."""
    stated = time_of(text(element, "Id"))
    if stated is None or device is None or device.serial is None:
        return None
    return f"tcx:{device.serial}:{stated[0]}"


def _contents(root: "Element", times: Times) -> dict[str, int]:
    """Return how much of what is in the file and not in a recording."""
    names = [local(e) for e in root.iter()]
    counts = {
        "courses": names.count("Course"),
        "course_points": names.count("CoursePoint"),
        "workouts": names.count("Workout"),
        "untimed_points": int(np.count_nonzero(times == MISSING_64)),
    }
    return {name: count for name, count in counts.items() if count}


def _claims(head: bytes, name: str) -> float:
    return claims_root(head, name, "TrainingCenterDatabase", ".tcx")


FORMAT = Format(
    key="tcx", name="TCX", suffixes=(".tcx",), version=4, claims=_claims, decode=decode, routes=read_courses
)
ROUTE = RouteFormat("tcx", "TCX course", "tcx", "application/vnd.garmin.tcx+xml", write_course)

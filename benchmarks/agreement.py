"""How far our figures agree with the devices' own over real files: `python -m benchmarks agreement`."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from benchmarks.corpus import bench_files
from benchmarks.report import Row
from homestretch import formats
from homestretch.analysis.activity.series import Series
from homestretch.analysis.activity.summary import summarise
from homestretch.analysis.measure.weighted_power import weighted_power
from homestretch.analysis.samples.distance import gps_distance
from homestretch.analysis.samples.samples import Samples, samples
from homestretch.model.channel import Floats
from homestretch.model.figures import device_total

#: So near in W is our weighted power the device's.
NEAR_W = 1.5
#: Shorter activities, in s, less climbing and less distance, in m, tell nothing by shares.
LEAST_S, LEAST_CLIMB_M, LEAST_M = 600.0, 20.0, 1000.0
#: A barometer's climbing is looked at by itself from here on, in m: less is mostly noise.
BARO_CLIMB_M = 100.0


@dataclass(slots=True)
class _Found:
    """Our figure less the device's in W, our climbing over the device's less 1, and distance by satellites over it.

    `garmin` are those of the watts that a device of Garmin's told: the others weigh power in ways of their own.
    """

    watts: list[float] = field(default_factory=list)
    garmin: list[float] = field(default_factory=list)
    climbing: list[float] = field(default_factory=list)
    climbing_by_barometer: list[float] = field(default_factory=list)
    distance: list[float] = field(default_factory=list)


def rows() -> list[Row]:
    """Return shares and medians over the recordings of the real FIT files that carry the device's figure."""
    found = _Found()
    for cleaned in _recordings():
        _compare(cleaned, found)
    climbing = _climbing("all recordings", found.climbing)
    climbing += _climbing("outdoors by barometer, 100 m and more", found.climbing_by_barometer, target=4.5)
    return [*_power(np.array(found.watts), np.array(found.garmin)), *climbing, *_distance(np.array(found.distance))]


def _recordings() -> Iterator[Samples]:
    seen: set[tuple[int, int]] = set()
    for path in bench_files(".fit", "fit"):
        for recording in formats.decode(path.read_bytes(), path.name).recordings:
            key = (recording.start.utc_ms, len(recording.time_ms))
            if len(recording.time_ms) > 1 and key not in seen:
                seen.add(key)
                yield samples(recording)


def _compare(cleaned: Samples, found: _Found) -> None:
    recording = cleaned.recording
    stated = recording.totals.get("normalized_power_w")
    ours = weighted_power(Series(cleaned, recording.sport))
    if stated and not isinstance(ours, str):
        found.watts.append(float(ours) - stated)
        if any(one.role == "recorder" and one.manufacturer == "garmin" for one in recording.devices):
            found.garmin.append(float(ours) - stated)
    if cleaned.recorded_s < LEAST_S:
        return
    summary = summarise(recording, cleaned)
    theirs = device_total(recording.totals, "ascent_m")
    if summary.ascent_m is not None and theirs is not None and theirs >= LEAST_CLIMB_M:
        found.climbing.append(summary.ascent_m / theirs - 1.0)
        if summary.altitude_source == "baro" and theirs >= BARO_CLIMB_M and not recording.sport.indoor:
            found.climbing_by_barometer.append(summary.ascent_m / theirs - 1.0)
    if recording.sport.indoor:
        return
    gone, places = device_total(recording.totals, "distance_m"), cleaned.places
    if gone is not None and gone >= LEAST_M and places is not None:
        distance = gps_distance(cleaned.axis, places.at, places.step_m, cleaned.steps.joined, cleaned.moving)
        found.distance.append(float(distance[-1]) / gone)


def _power(off: Floats, garmin: Floats) -> list[Row]:
    return [
        Row("weighted power: recordings with the device's own", len(off), ""),
        Row(f"weighted power within {NEAR_W} W of it", _near(off), "%", 84, least=True),
        Row(f"the same, {len(garmin)} of Garmin's devices", _near(garmin), "%", 84, least=True),
        Row("weighted power: median of what is off", _middle(np.abs(off)), "W"),
    ]


def _near(off: Floats) -> float:
    return 100.0 * float((np.abs(off) <= NEAR_W).mean()) if len(off) else float("nan")


def _climbing(name: str, off: list[float], target: float | None = None) -> list[Row]:
    error = np.array(off)
    return [
        Row(f"ascent, {name}", len(error), ""),
        Row("ascent: median of the relative error to the device's", 100.0 * _middle(np.abs(error)), "%", target),
        Row("ascent: bias (median)", 100.0 * _middle(error), "%"),
    ]


def _distance(share: Floats) -> list[Row]:
    low, high = np.quantile(share, (0.25, 0.75)) if len(share) else (np.nan, np.nan)
    return [
        Row("distance by satellites: recordings with the device's own", len(share), ""),
        Row("distance by satellites over the device's: median off", 100.0 * (_middle(share) - 1.0), "%"),
        Row("distance by satellites: a quarter is below", 100.0 * (float(low) - 1.0), "%"),
        Row("distance by satellites: a quarter is above", 100.0 * (float(high) - 1.0), "%"),
    ]


def _middle(x: Floats) -> float:
    return float(np.median(x)) if len(x) else float("nan")

"""All that is computed of one activity, in parts: each has a version and thresholds that it reads, and is due alone."""

import hashlib
import json
import traceback
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from math import isfinite
from typing import Any

import numpy as np

from homestretch.analysis.activity import zones
from homestretch.analysis.activity.climbs import VERSION as CLIMBS
from homestretch.analysis.activity.climbs import climbs
from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.intervals import VERSION as INTERVALS
from homestretch.analysis.activity.intervals import intervals
from homestretch.analysis.athlete.thresholds import Profile
from homestretch.analysis.curves import curves
from homestretch.analysis.geo.routes import VERSION as ROUTES
from homestretch.analysis.geo.routes import signature
from homestretch.analysis.geometry import polyline, tiles
from homestretch.analysis.measure import bests, curve, metric
from homestretch.model.sport import Sport

#: Goes up with every change of how the parts here are put together.
VERSION = 1
#: Durations in s over which the best of a curve are ranked among all activities.
RANKED_S: Mapping[str, tuple[int, ...]] = {
    "power": (5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 5400, 7200),
    "heart_rate": (5, 60, 300, 1200, 3600),
    "vam": (300, 1200, 3600),
}


@dataclass(frozen=True, slots=True)
class Best:
    """A best effort: of kind `distance` seconds over `size` metres, else the mean of a curve's kind over `size` s."""

    kind: str
    size: float
    value: float
    start_s: float

    @property
    def goodness(self) -> float:
        """The value, so that more is better."""
        return -self.value if self.kind == "distance" else self.value


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Where an activity went: `box` (south, west, north, east), its cells at zooms 17 and 14, a route signature."""

    box: tuple[float, float, float, float]
    length_m: float
    fine: tiles.Cells
    coarse: tiles.Cells
    signature: bytes


@dataclass(slots=True)
class Measured:
    """What was computed: numbers, why others are missing, what was found, curves, best efforts, and the track."""

    values: dict[str, float] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    curves: dict[str, bytes] = field(default_factory=dict)
    bests: list[Best] = field(default_factory=list)
    track: Track | None = None
    #: Parts that could not be computed, with what was raised: the others are not lost with them.
    failed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """Something that is computed on its own: a metric family, the zones, the curves, …; `metrics` names its metrics."""

    key: str
    version: int
    make: Callable[[Effort, Measured], None]
    reads: tuple[str, ...] = ()
    sports: frozenset[str] | None = None
    metrics: tuple[str, ...] = ()


@cache
def parts() -> Mapping[str, Part]:
    """Return every part by key: the families of metrics, and what is not a number."""
    versions = sum(one.version for one in curves().values())
    fixed = (
        Part("zones", zones.VERSION, _zones, zones.READS),
        Part("bests", 100 * (curve.VERSION + bests.VERSION) + versions, _bests),
        Part("track", 10 * ROUTES + VERSION, _track),
        Part("climbs", CLIMBS, _climbs),
        Part("intervals", INTERVALS, _intervals, ("ftp_w", "cp_w", "w_prime_j", "threshold_speed_mps")),
    )
    families = (
        Part(f.key, f.version, _family(f), f.reads, f.sports, tuple(m.key for m in f.metrics))
        for f in metric.families().values()
    )
    return {part.key: part for part in (*families, *fixed)}


@lru_cache(4096)
def applying(sport: Sport) -> tuple[Part, ...]:
    """Return the parts that a sport has."""
    return tuple(p for p in parts().values() if p.sports is None or sport.family in p.sports)


def fingerprints(sport: Sport, profile: Profile) -> dict[str, str]:
    """Return by part what its result depends on besides the samples: versions, and the thresholds that it reads."""
    return dict(_fingerprints(sport, tuple(sorted(profile.values.items())), profile.estimates))


@lru_cache(4096)
def _fingerprints(
    sport: Sport, known: tuple[tuple[str, float], ...], estimates: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    values = dict(known)
    return tuple(
        (
            part.key,
            _fingerprint(part.key, part.version, tuple((values.get(key), key in estimates) for key in part.reads)),
        )
        for part in applying(sport)
    )


@lru_cache(65_536)
def _fingerprint(key: str, version: int, values: tuple[tuple[float | None, bool], ...]) -> str:
    return hashlib.blake2b(json.dumps([key, version, values]).encode(), digest_size=4).hexdigest()


def measure(effort: Effort, wanted: Collection[str] | None = None) -> Measured:
    """Return what the parts named (None: all that the sport has) compute of an effort."""
    measured = Measured()
    for part in applying(effort.sport):
        if wanted is None or part.key in wanted:
            try:
                part.make(effort, measured)
            except Exception as error:
                measured.failed[part.key] = "".join(traceback.format_exception(error, limit=-4))
                measured.reasons |= dict.fromkeys(part.metrics, "failed")
    return measured


def _family(family: metric.Family) -> Callable[[Effort, Measured], None]:
    def make(effort: Effort, measured: Measured) -> None:
        for key, value in metric.measure(effort, family).items():
            if isinstance(value, str):
                measured.reasons[key] = value
                continue
            measured.values[key] = float(value)
            if isinstance(value, metric.LowConfidence):
                measured.reasons[key] = value.reason

    return make


def _zones(effort: Effort, measured: Measured) -> None:
    measured.found["zones"] = zones.time_in_zones(effort)


def _bests(effort: Effort, measured: Measured) -> None:
    """The curves, and the best over the distances of the sport and over the durations that are ranked."""
    lead = effort.samples.lead_s
    measured.bests += [Best("distance", metres, took, lead + at) for metres, took, at in bests.best_efforts(effort)]
    for kind, (lengths, values, starts) in curve.curves_of(effort).items():
        measured.curves[kind] = curve.pack(lengths, values, starts + round(lead))
        ranked = RANKED_S.get(kind, ())
        for at, length in enumerate(lengths.tolist() if ranked else ()):
            if length in ranked and isfinite(values[at]):
                measured.bests.append(Best(kind, float(length), float(values[at]), lead + float(starts[at])))


def _track(effort: Effort, measured: Measured) -> None:
    places = effort.samples.places
    if places is None or effort.sport.indoor or len(places.at) < 2:
        return
    broken = np.concatenate(([0], np.cumsum(~effort.samples.steps.joined)))[places.at]
    breaks = np.diff(broken) > 0
    fine, coarse = tiles.cells_at(places.latitude, places.longitude, breaks, tiles.SEARCH_ZOOM, tiles.EXPLORER_ZOOM)
    box, track = effort.summary.bbox, effort.summary.track
    if box is None or track is None:
        return
    line = np.column_stack(polyline.decode(track))
    measured.track = Track(
        box=box,
        length_m=float(places.step_m.sum()),
        fine=fine,
        coarse=coarse,
        signature=signature(places.latitude, places.longitude, places.step_m, line).to_bytes(),
    )


def _climbs(effort: Effort, measured: Measured) -> None:
    series = effort.series
    if series.altitude is not None and series.distance is not None and not effort.sport.indoor:
        found = climbs(series.distance, series.altitude, series.t)
        measured.found["climbs"] = [since_start(one.described(), effort.samples.lead_s) for one in found]


def _intervals(effort: Effort, measured: Measured) -> None:
    found = intervals(effort)
    measured.found["intervals"] = [since_start(one.described(), effort.samples.lead_s) for one in found]


def since_start(part: dict[str, Any], lead_s: float) -> dict[str, Any]:
    """Return a part of an effort with its times since the start instead of since the first sample."""
    return part | {name: part[name] + lead_s for name in ("start_s", "end_s") if lead_s and name in part}


def spelled(fingerprints: Mapping[str, str]) -> str:
    """Return fingerprints by part as one text, in the order of the parts' keys."""
    return " ".join(f"{key}={fingerprints[key]}" for key in sorted(fingerprints))


def read(text: str) -> dict[str, str]:
    """Return the fingerprints by part that `spelled` spelled."""
    return dict(pair.split("=", 1) for pair in text.split())

"""Compares the points of series on two sides: what is missing there, and which series hold something wrong."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from homestretch.sinks.base import Comparison, Difference
from homestretch.sinks.names import DECIMALS, Labels, Point, series_text

type SeriesKey = tuple[str, Labels]
#: What a server holds of series: (instant in ms, value), as often as it is there.
type Stored = Mapping[SeriesKey, Sequence[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class Gaps:
    """Points of ours that are missing there (a wrong value counts as missing), and series with something wrong."""

    missing: Sequence[Point]
    wrong: frozenset[SeriesKey]


def by_series(points: Iterable[Point]) -> dict[SeriesKey, dict[int, float]]:
    """Return points by their series, each as {instant: value}."""
    series: dict[SeriesKey, dict[int, float]] = {}
    for point in points:
        series.setdefault((point.name, point.labels), {})[point.at_ms] = point.value
    return series


def same(ours: float, theirs: float) -> bool:
    """Return whether a value is the one that was sent: servers round far behind the point."""
    return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=0.6 * 10.0**-DECIMALS)


def gaps(points: Sequence[Point], stored: Stored) -> Gaps:
    """Return what a server lacks of our points, and the series that hold another value, more points or one twice."""
    series = by_series(points)
    there = {key: _by_instant(rows) for key, rows in stored.items()}
    missing = [point for point in points if not _has(there.get((point.name, point.labels), {}), point)]
    wrong = {key for key, rows in stored.items() if _is_wrong(series.get(key, {}), rows)}
    return Gaps(missing, frozenset(wrong))


def _by_instant(rows: Sequence[tuple[int, float]]) -> dict[int, list[float]]:
    values: dict[int, list[float]] = {}
    for at_ms, value in rows:
        values.setdefault(at_ms, []).append(value)
    return values


def _has(there: Mapping[int, Sequence[float]], point: Point) -> bool:
    return any(same(point.value, value) for value in there.get(point.at_ms, ()))


def _is_wrong(ours: Mapping[int, float], there: Sequence[tuple[int, float]]) -> bool:
    if len({at_ms for at_ms, _ in there}) < len(there):
        return True
    return not all(at_ms in ours and same(ours[at_ms], value) for at_ms, value in there)


def compared(points: Sequence[Point], stored: Stored, *, shared: bool) -> Comparison:
    """Return how both sides compare; of `shared` series, which others write too, only what is missing counts."""
    series = by_series(points)
    found = gaps(points, stored)
    missing: dict[SeriesKey, int] = {}
    for point in found.missing:
        key = (point.name, point.labels)
        missing[key] = missing.get(key, 0) + 1
    differing = set(missing) if shared else set(missing) | found.wrong
    rows = tuple(
        Difference(series_text(*key), len(series.get(key, {})), len(stored.get(key, ())), missing.get(key, 0))
        for key in sorted(differing)
    )
    there = sum(
        sum(1 for at_ms, _ in rows_there if not shared or at_ms in series.get(key, {}))
        for key, rows_there in stored.items()
    )
    return Comparison(sum(map(len, series.values())), there, rows)

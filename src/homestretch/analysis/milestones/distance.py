"""Distance altogether: 1,000 km, 10,000 km, once around the Earth."""

from collections.abc import Sequence

from homestretch.analysis.milestones.milestone import Course, Done, Kind, parts, passed, sums, together

#: Once around the Earth at the equator.
EARTH_KM = 40_075.0
MARKS = tuple(
    1000.0 * km
    for km in (100, 500, 1000, 2500, 5000, 10_000, 15_000, 20_000, 25_000, 30_000, EARTH_KM, 50_000, 75_000,
               100_000, 150_000, 200_000, 300_000)
)  # fmt: skip


def _course(activities: Sequence[Done], _year: int) -> Course:
    return together(passed(sums(part, lambda one: one.distance_m), MARKS, sport) for sport, part in parts(activities))


KIND = Kind(key="distance", unit="m", course=_course)

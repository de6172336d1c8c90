"""Distance within a year: 1,000 km, 5,000 km, 10,000 km."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from homestretch.analysis.milestones.milestone import Course, Done, Kind, parts, passed, sums, together

MARKS = (1e6, 2e6, 5e6, 1e7, 1.5e7, 2e7, 3e7)


def _course(activities: Sequence[Done], year: int) -> Course:
    found = together(_years(activities))
    # Years that are over have nothing ahead of them.
    return Course(found.reached, tuple(one for one in found.ahead if one.year == year))


def _years(activities: Sequence[Done]) -> Iterator[Course]:
    for sport, part in parts(activities):
        for year, group in groupby(part, key=lambda one: one[1].year):
            yield passed(sums(group, lambda one: one.distance_m), MARKS, sport, year)


KIND = Kind(key="year_distance", unit="m", course=_course)

"""Moving time altogether: 100 hours, 1,000 hours."""

from collections.abc import Sequence

from homestretch.analysis.milestones.milestone import Course, Done, Kind, passed, sums

MARKS = tuple(3600.0 * hours for hours in (10, 50, 100, 250, 500, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 10_000))


def _course(activities: Sequence[Done], _year: int) -> Course:
    return passed(sums(enumerate(activities), lambda one: one.moving_s), MARKS)


KIND = Kind(key="time", unit="s", course=_course)

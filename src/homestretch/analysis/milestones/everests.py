"""Ascent altogether, as often as Everest is high."""

from collections.abc import Sequence

from homestretch.analysis.milestones.milestone import Course, Done, Kind, passed, sums

EVEREST_M = 8848.86
MARKS = tuple(EVEREST_M * times for times in (1, 2, 5, 10, 20, 30, 40, 50, 75, 100, 150, 200, 300, 400, 500))


def _course(activities: Sequence[Done], _year: int) -> Course:
    return passed(sums(enumerate(activities), lambda one: one.ascent_m), MARKS)


KIND = Kind(key="everests", unit="m_up", course=_course)

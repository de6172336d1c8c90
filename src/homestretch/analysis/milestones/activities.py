"""How many activities: the first, the 100th ride, the 1,000th."""

from collections.abc import Sequence

from homestretch.analysis.milestones.milestone import Course, Done, Kind, parts, passed, sums, together

MARKS = (1.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 1500.0, 2000.0, 2500.0, 3000.0, 4000.0, 5000.0, 7500.0,
         10_000.0, 15_000.0, 20_000.0)  # fmt: skip


def _course(activities: Sequence[Done], _year: int) -> Course:
    return together(passed(sums(part, lambda _one: 1.0), MARKS, sport) for sport, part in parts(activities))


KIND = Kind(key="activities", unit="", course=_course)

"""The first activity with so much ascent: 1,000 m, 5,000 m, an Everest."""

from collections.abc import Sequence

from homestretch.analysis.milestones.milestone import Course, Done, Kind, highest, parts, passed, together

#: The height of Everest (2020 survey) is the last.
MARKS = (500.0, 1000.0, 1500.0, 2000.0, 2500.0, 3000.0, 4000.0, 5000.0, 8848.86)


def _course(activities: Sequence[Done], _year: int) -> Course:
    return together(
        passed(highest(part, lambda one: one.climbed_m), MARKS, sport)
        for sport, part in parts(activities)
        if sport is not None
    )


KIND = Kind(key="highest_climb", unit="m_up", course=_course)

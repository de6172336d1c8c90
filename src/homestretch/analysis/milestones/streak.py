"""Days in a row with an activity: a week, a month, a year."""

from collections.abc import Iterator, Sequence

from homestretch.analysis.milestones.milestone import Course, Done, Kind, passed

MARKS = (7.0, 14.0, 21.0, 30.0, 50.0, 75.0, 100.0, 150.0, 200.0, 250.0, 300.0, 365.0, 500.0, 730.0, 1000.0)


def _course(activities: Sequence[Done], _year: int) -> Course:
    # A longest streak that is over leads nowhere, so that nothing is ahead.
    return Course(passed(_longest(activities), MARKS).reached, ())


def _longest(activities: Sequence[Done]) -> Iterator[tuple[int, float]]:
    run = most = 0
    last: int | None = None
    for at, one in enumerate(activities):
        if last is None or one.day > last:
            run = run + 1 if last is not None and one.day == last + 1 else 1
            last = one.day
        most = max(most, run)
        yield at, float(most)


KIND = Kind(key="streak", unit="days", course=_course)
